// pub - update publisher: 21-byte payloads (8B LE ns stamp, 4B seq, 9B filler), symbols round-robin. The stamp is when the
// update was planned to go out, so that a server which does not take updates in time is not excused for it.
//   pub --mode raw|nats|mqtt|nchan --port P --rate R --syms S --time T [--max-batch B]
// raw: 23-byte records (u16 LE symbol, 21B payload) over TCP.  rate 0 = as fast as TCP takes it, stamped as sent.
// Prints how many were sent.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
static int64_t clk(int c) { struct timespec t; clock_gettime(c, &t); return t.tv_sec * 1000000000LL + t.tv_nsec; }
int main(int ac, char **av) {
  const char *mode = "raw"; int port = 0, syms = 1, maxb = 64; double rate = 100, T = 5;
  for (int i = 1; i + 1 < ac; i += 2) {
    if (!strcmp(av[i], "--mode")) mode = av[i + 1]; else if (!strcmp(av[i], "--port")) port = atoi(av[i + 1]);
    else if (!strcmp(av[i], "--rate")) rate = atof(av[i + 1]); else if (!strcmp(av[i], "--syms")) syms = atoi(av[i + 1]);
    else if (!strcmp(av[i], "--time")) T = atof(av[i + 1]); else if (!strcmp(av[i], "--max-batch")) maxb = atoi(av[i + 1]);
  }
  prctl(PR_SET_TIMERSLACK, 1);
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connect(fd, (void *)&a, sizeof a)) { perror("pub connect"); return 1; }
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  static char drain[65536]; static uint8_t buf[1 << 20];
  int nats = !strcmp(mode, "nats"), mqtt = !strcmp(mode, "mqtt"), nchan = !strcmp(mode, "nchan");
  if (nats) { read(fd, drain, sizeof drain); const char *c = "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"c\",\"version\":\"1\"}\r\n"; write(fd, c, strlen(c)); }
  if (mqtt) { write(fd, "\x10\x0f\0\4MQTT\4\2\0\0\0\3pub", 17); read(fd, drain, sizeof drain); }
  int64_t t0 = clk(CLOCK_MONOTONIC), rt0 = clk(CLOCK_REALTIME), end = t0 + (int64_t)(T * 1e9); uint64_t i = 0, late = 0;
  for (;;) {
    int64_t now = clk(CLOCK_MONOTONIC);
    if (now >= end) break;
    uint64_t due = rate > 0 ? (uint64_t)((now - t0) * rate / 1e9) + 1 : i + maxb;
    if (due <= i) { int64_t w = t0 + (int64_t)(i * 1e9 / rate); struct timespec ts = {w / 1000000000, w % 1000000000}; clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL); continue; }
    if (due > i + maxb) { due = i + maxb; late++; }
    size_t n = 0; int64_t rt = clk(CLOCK_REALTIME);
    for (; i < due; i++) {
      int s = i % syms; uint8_t p[21]; uint32_t q = i; memset(p + 12, 'x', 9); if (rate > 0) rt = rt0 + (int64_t)(i * 1e9 / rate); memcpy(p, &rt, 8); memcpy(p + 8, &q, 4);
      if (nats) n += sprintf((char *)buf + n, "PUB s%d 21\r\n", s);
      else if (mqtt) { char t[16]; int l = sprintf(t, "s%d", s); buf[n++] = 0x30; buf[n++] = 2 + l + 21; buf[n++] = 0; buf[n++] = l; memcpy(buf + n, t, l); n += l; }
      else if (nchan) n += sprintf((char *)buf + n, "POST /pub/s%d HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 21\r\n\r\n", s);
      else { buf[n++] = s; buf[n++] = s >> 8; }
      memcpy(buf + n, p, 21); n += 21;
      if (nats) { buf[n++] = '\r'; buf[n++] = '\n'; }
    }
    for (size_t o = 0; o < n;) { ssize_t w = write(fd, buf + o, n - o); if (w <= 0) { perror("pub write"); goto out; } o += w; }
    while (recv(fd, drain, sizeof drain, MSG_DONTWAIT) > 0) {}
  }
out:
  printf("sent %lu\n", i); fflush(stdout);
  fprintf(stderr, "pub: %.2fs = %.0f/s (offered %.0f) lateBatches %lu\n", (clk(CLOCK_MONOTONIC) - t0) / 1e9, i * 1e9 / (clk(CLOCK_MONOTONIC) - t0), rate, late);
  if (nats) { write(fd, "PING\r\n", 6); struct timeval tv = {3, 0}; setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv); read(fd, drain, sizeof drain); }
  usleep(200000); close(fd); return 0;
}
