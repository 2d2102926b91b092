// wsload - lean WebSocket fan-out load client (single thread, epoll edge-triggered).
//
//   wsload --mode ws|nats|mqtt --port P [--path /x] [--conns C] [--syms S] [--per K] ...
//
// Client i subscribes to symbols (i*K+j) mod S, j=0..K-1.  Messages are counted during [warm, warm+time].
//   --sub TEMPLATE   ws mode: text frame sent once per symbol after the handshake, %s = symbol name (s0, s1, ...)
//   --pre TEXT       ws mode: text frame sent once right after the handshake (socket.io: "40")
//   --path /sub/%s   %s in the path = comma-joined symbol list of the client (nchan)
//   --go TEXT        text frame sent on the last connection when all are up (starts a self-publishing server)
//   --exec CMD       shell command forked when all are up (external publisher); it must end by itself
//   --drain SECS     go on receiving after the window until nothing came for half a second, at most SECS: "received" in the
//                    result is then all that came since --exec
//   --ts-off N       offset of the 8-byte LE CLOCK_REALTIME ns stamp in the payload (default 0, -1 = none)
//   --rec N          a ws message holds len/N records of N bytes (server-side coalescing); 0 = one record/message
//   --text           count text frames too      --proto NAME  Sec-WebSocket-Protocol
//   --sym-fmt F      printf format of a symbol's name (default s%d)
//   --ts-ms          the stamp is in milliseconds, not nanoseconds
//   --ts-base NS     the stamp counts from NS nanoseconds since the Unix epoch
//   --packets        payload = epoch u64, sendTime u64, count u16, then count x (length u16, SBE message); a message is an 8-byte
//                    header, publishTime u64 ns, seq u64, prevSeq u64, symbolId u32, ...  Counts messages, takes latency from
//                    publishTime, and checks per connection and symbol that prevSeq is the seq before ("broken" in the result)
//   --pid PID        server pid (repeatable): CPU and RSS are sampled at both ends of the window
//   --stall N        the first N clients never read (slow consumers)   --rcvbuf B  SO_RCVBUF of stalled clients
//   --spin           never sleep in epoll_wait (removes the wake-up IPI from the server's send path)
//   --idle           connect, subscribe, wait --time seconds, report RSS; no counting
//   --slow N         with --idle: the N clients after the stalled ones read 1 KiB ten times a second; those that the server
//                    ends come again at once ("ended" in the result), and the others read nothing either
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WS, NATS, MQTT };
typedef struct { int fd, stalled; uint8_t *ob, *ib; uint32_t on, in, oc, ic, nlast; uint64_t *last; } Conn;   // ob: partial frame, ib: partial inner packet

static int mode = WS, port = 0, nconn = 1000, nsym = 1, per = 1, ts_off = 0, rec = 0, cnt_text = 0, idle = 0, stall = 0, slow = 0, rcvbuf = 0, spin = 0, ts_ms = 0, packets = 0;
static const char *path = "/", *sub = NULL, *pre = NULL, *go = NULL, *proto = NULL, *execcmd = NULL, *sym_fmt = "s%d";
static double warm = 1, dur = 4;
static int64_t ts_base = 0;
static double drain = 0;
static int pids[16], npid;
static Conn *conns;
static uint64_t deliveries, received, bytes, frames, reads, closed, pongs, broken, malformed;
static uint64_t hist[64 * 128], hist_n; static double lat_sum; static uint64_t lat_max;
static int64_t now_rt; static int measuring;
#define RB (1 << 18)
static uint8_t rbuf[RB * 2 + (1 << 22)];

static int64_t rt(void) { struct timespec t; clock_gettime(CLOCK_REALTIME, &t); return t.tv_sec * 1000000000LL + t.tv_nsec; }
static double mono(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec * 1e-9; }
static void die(const char *m) { fprintf(stderr, "wsload: %s: %s\n", m, strerror(errno)); exit(2); }

static inline void lat_add(int64_t v) {
  if (v < 0) v = 0;
  if ((uint64_t)v > lat_max) lat_max = v;
  lat_sum += v; hist_n++;
  int e = v < 128 ? 0 : 63 - __builtin_clzll(v) - 6;                 // 7 significant bits
  hist[e * 128 + (v >> e)]++;
}
static double lat_q(double q) {
  uint64_t want = (uint64_t)(q * hist_n), acc = 0;
  for (int i = 0; i < 64 * 128; i++) { acc += hist[i]; if (acc > want) { int e = i / 128, m = i % 128; return (double)((uint64_t)m << e) / 1000.0; } }
  return lat_max / 1000.0;
}
static inline void one(const uint8_t *p, uint32_t n) {
  deliveries++;
  if (ts_off >= 0 && n >= (uint32_t)ts_off + 8) { int64_t t; memcpy(&t, p + ts_off, 8); lat_add(now_rt - ts_base - (ts_ms ? t * 1000000 : t)); }
}
static void on_packet(Conn *c, const uint8_t *p, uint32_t n) {
  uint16_t count, len; uint32_t o = 18;
  if (n < 18) { malformed++; return; }
  memcpy(&count, p + 16, 2);
  for (; count; count--, o += len) {
    if (o + 2 > n) { malformed++; return; }
    memcpy(&len, p + o, 2); o += 2;
    if (o + len > n || len < 36) { malformed++; return; }
    uint64_t at, seq, prev; uint32_t id;
    memcpy(&at, p + o + 8, 8); memcpy(&seq, p + o + 16, 8); memcpy(&prev, p + o + 24, 8); memcpy(&id, p + o + 32, 4);
    if (id < 1u << 20) {
      if (id >= c->nlast) { uint32_t m = id + 64; c->last = realloc(c->last, m * 8); memset(c->last + c->nlast, 0, (m - c->nlast) * 8); c->nlast = m; }
      if (c->last[id] && prev && prev != c->last[id]) broken++;      // prevSeq 0: the message starts a chain (snapshot)
      c->last[id] = seq;
    }
    received++;
    if (measuring) { deliveries++; lat_add(now_rt - (int64_t)at); }
  }
  if (o != n) malformed++;
}
static inline void on_msg(const uint8_t *p, uint32_t n) {
  received += rec > 0 ? n / (uint32_t)rec : 1;
  if (!measuring) return;
  bytes += n;
  if (rec > 0) { for (; n >= (uint32_t)rec; p += rec, n -= rec) one(p, rec); } else one(p, n);
}
static int ws_send(Conn *c, int op, const void *d, size_t n) {       // masked with key 0 (legal, and free)
  static uint8_t b[1 << 17]; size_t h = 2;
  b[0] = 0x80 | op;
  if (n < 126) b[1] = 0x80 | n; else { b[1] = 0x80 | 126; b[2] = n >> 8; b[3] = n; h = 4; }
  memset(b + h, 0, 4); memcpy(b + h + 4, d, n); n += h + 4;
  for (size_t o = 0; o < n;) { ssize_t w = send(c->fd, b + o, n - o, MSG_NOSIGNAL); if (w < 0) { if (errno == EAGAIN) { usleep(100); continue; } return -1; } o += w; }
  return 0;
}
static void keep(uint8_t **b, uint32_t *n, uint32_t *cap, const uint8_t *p, uint32_t len) {
  if (len > *cap) { *cap = len + 64; *b = realloc(*b, *cap); }
  memmove(*b, p, len); *n = len;
}
// inner protocols return the number of bytes consumed
static uint32_t nats_in(Conn *c, const uint8_t *p, uint32_t n) {
  uint32_t o = 0;
  while (o < n) {
    const uint8_t *nl = memchr(p + o, '\n', n - o);
    if (!nl) break;
    uint32_t h = nl - (p + o) + 1;
    if (p[o] == 'M') {
      uint32_t i = o + h - 3, sz = 0, m = 1;
      for (; p[i] >= '0' && p[i] <= '9'; i--) { sz += (p[i] - '0') * m; m *= 10; }
      if (o + h + sz + 2 > n) break;
      on_msg(p + o + h, sz);
      o += h + sz + 2;
    } else {
      if (!memcmp(p + o, "PING", 4)) ws_send(c, 2, "PONG\r\n", 6), pongs++;
      if (p[o] == '-') fprintf(stderr, "nats: %.*s", (int)h, p + o);
      o += h;
    }
  }
  return o;
}
static uint32_t mqtt_in(Conn *c, const uint8_t *p, uint32_t n) {
  uint32_t o = 0; (void)c;
  while (n - o >= 2) {
    uint32_t len = 0, k = 1, sh = 0;
    for (;; k++, sh += 7) { if (o + k >= n) return o; len |= (uint32_t)(p[o + k] & 127) << sh; if (!(p[o + k] & 128)) break; }
    k++;
    if (o + k + len > n) break;
    if ((p[o] >> 4) == 3) { const uint8_t *q = p + o + k; uint32_t t = (q[0] << 8 | q[1]) + 2 + ((p[o] & 6) ? 2 : 0); on_msg(q + t, len - t); }
    o += k + len;
  }
  return o;
}
static int on_frame(Conn *c, int op, uint8_t *p, uint32_t n) {
  frames++;
  if (op == 8) return -1;
  if (op == 9) { ws_send(c, 10, p, n); pongs++; return 0; }
  if (op == 10) return 0;
  if (mode == WS) {
    if (packets && op == 2) { if (measuring) bytes += n; on_packet(c, p, n); }
    else if (op == 2 || op == 0 || cnt_text) on_msg(p, n);
    return 0;
  }
  uint32_t (*f)(Conn *, const uint8_t *, uint32_t) = mode == NATS ? nats_in : mqtt_in;
  if (c->in) {                                                       // rare: inner packet split over frames
    if (c->in + n > c->ic) { c->ic = c->in + n + 64; c->ib = realloc(c->ib, c->ic); }
    memcpy(c->ib + c->in, p, n); c->in += n;
    uint32_t u = f(c, c->ib, c->in);
    memmove(c->ib, c->ib + u, c->in - u); c->in -= u;
  } else { uint32_t u = f(c, p, n); if (u < n) keep(&c->ib, &c->in, &c->ic, p + u, n - u); }
  return 0;
}
static int parse(Conn *c, uint8_t *p, uint32_t n) {                  // whole frames only; rest is kept
  uint32_t o = 0;
  while (n - o >= 2) {
    uint64_t len = p[o + 1] & 127; uint32_t h = 2;
    if (len == 126) { if (n - o < 4) break; len = p[o + 2] << 8 | p[o + 3]; h = 4; }
    else if (len == 127) { if (n - o < 10) break; len = 0; for (int i = 0; i < 8; i++) len = len << 8 | p[o + 2 + i]; h = 10; }
    if (n - o < h + len) break;
    if (on_frame(c, p[o] & 15, p + o + h, len) < 0) return -1;
    o += h + len;
  }
  if (o < n) keep(&c->ob, &c->on, &c->oc, p + o, n - o); else c->on = 0;
  return 0;
}
static void on_readable(Conn *c) {
  if (c->fd < 0 || c->stalled) return;
  for (;;) {
    uint32_t pre_n = c->on;
    if (pre_n) memcpy(rbuf, c->ob, pre_n);
    ssize_t r = recv(c->fd, rbuf + pre_n, RB, MSG_DONTWAIT);
    if (r < 0 && errno == EAGAIN) return;
    if (r <= 0) { close(c->fd); c->fd = -1; closed++; return; }
    reads++; now_rt = rt();
    if (parse(c, rbuf, pre_n + r) < 0) { close(c->fd); c->fd = -1; closed++; return; }
    if (r < RB) return;
  }
}
static void sym_name(char *b, int s) { sprintf(b, sym_fmt, s); }
static void subst(char *out, const char *tpl, const char *v) {
  const char *q = strstr(tpl, "%s");
  if (!q) { strcpy(out, tpl); return; }
  sprintf(out, "%.*s%s%s", (int)(q - tpl), tpl, v, q + 2);
}
static void begin_conn(Conn *c, int i) {                              // connects and asks for a WebSocket
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one_ = 1; char list[8192] = "", nm[32], url[9000], req[10000];
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (i < stall + slow && rcvbuf) setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &rcvbuf, sizeof rcvbuf);
  struct timeval tv = {5, 0}; setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
  if (connect(c->fd, (void *)&a, sizeof a)) die("connect");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one_, sizeof one_);
  for (int j = 0; j < per; j++) { sym_name(nm, (int)(((int64_t)i * per + j) % nsym)); if (j) strcat(list, ","); strcat(list, nm); }
  subst(url, path, list);
  int n = sprintf(req, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n", url, port);
  const char *pr = mode == MQTT ? "mqtt" : proto;
  if (pr) n += sprintf(req + n, "Sec-WebSocket-Protocol: %s\r\n", pr);
  n += sprintf(req + n, "\r\n");
  if (send(c->fd, req, n, 0) != n) die("send handshake");
}
static void finish_conn(Conn *c, int i) {                             // takes the answer and subscribes
  char nm[32], b[10000];
  uint32_t got = 0; uint8_t *e = NULL;
  while (!e) { ssize_t r = recv(c->fd, rbuf + got, 65536, 0); if (r <= 0) die("handshake"); got += r; e = memmem(rbuf, got, "\r\n\r\n", 4); }
  if (memcmp(rbuf, "HTTP/1.1 101", 12)) { fprintf(stderr, "handshake refused: %.*s\n", (int)(got < 300 ? got : 300), rbuf); exit(2); }
  e += 4;
  if (parse(c, e, rbuf + got - e) < 0) die("closed in handshake");
  if (mode == WS) {
    if (pre) { ws_send(c, 1, pre, strlen(pre)); usleep(3000); }   // socket.io closes on an event before its connect reply
    if (sub) for (int j = 0; j < per; j++) { sym_name(nm, (int)(((int64_t)i * per + j) % nsym)); subst(b, sub, nm); ws_send(c, 1, b, strlen(b)); }
  } else if (mode == NATS) {
    int k = sprintf(b, "CONNECT {\"verbose\":false,\"pedantic\":false,\"tls_required\":false,\"name\":\"l\",\"lang\":\"c\",\"version\":\"1\",\"protocol\":1}\r\n");
    for (int j = 0; j < per; j++) { sym_name(nm, (int)(((int64_t)i * per + j) % nsym)); k += sprintf(b + k, "SUB %s %d\r\n", nm, j + 1); }
    k += sprintf(b + k, "PING\r\n");
    ws_send(c, 2, b, k);
  } else {
    uint8_t m[64]; int k = 0, cl = sprintf(nm, "c%d", i);
    m[k++] = 0x10; m[k++] = 12 + cl; memcpy(m + k, "\0\4MQTT\4\2\0\0", 10); k += 10; m[k++] = 0; m[k++] = cl; memcpy(m + k, nm, cl); k += cl;
    ws_send(c, 2, m, k);
    uint8_t s[8192]; int p = 2;                                       // SUBSCRIBE, packet id 1
    s[0] = 0; s[1] = 1;
    for (int j = 0; j < per; j++) { sym_name(nm, (int)(((int64_t)i * per + j) % nsym)); int l = strlen(nm); s[p++] = 0; s[p++] = l; memcpy(s + p, nm, l); p += l; s[p++] = 0; }
    uint8_t t[8300]; int h = 0; t[h++] = 0x82; int L = p; do { int d = L & 127; L >>= 7; t[h++] = d | (L ? 128 : 0); } while (L); memcpy(t + h, s, p);
    ws_send(c, 2, t, h + p);
  }
  c->stalled = i < stall;
}
static double cpu_us(void) {
  double t = 0;
  for (int i = 0; i < npid; i++) {
    char f[64], b[1024]; sprintf(f, "/proc/%d/stat", pids[i]); FILE *fp = fopen(f, "r"); if (!fp) continue;
    size_t n = fread(b, 1, sizeof b - 1, fp); b[n] = 0; fclose(fp);
    char *p = strrchr(b, ')'); unsigned long u = 0, s = 0;
    if (p) sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &u, &s);
    t += (u + s) * 1e6 / sysconf(_SC_CLK_TCK);
  }
  return t;
}
static double rss_kb(void) {
  double t = 0; char f[64], l[256];
  for (int i = 0; i < npid; i++) { sprintf(f, "/proc/%d/status", pids[i]); FILE *fp = fopen(f, "r"); if (!fp) continue; long k; while (fgets(l, sizeof l, fp)) if (sscanf(l, "VmRSS: %ld", &k) == 1) t += k; fclose(fp); }
  return t;
}
static uint64_t ended;
static double laggards(double secs) {                                 // returns the largest RSS of the server meanwhile
  double most = 0;
  for (double e = mono() + secs; mono() < e; usleep(100000)) {
    for (int i = 0; i < stall + slow; i++) {
      struct pollfd p = {.fd = conns[i].fd, .events = POLLRDHUP};
      int gone = poll(&p, 1, 0) > 0;
      if (i >= stall && !gone) gone = recv(conns[i].fd, rbuf, 1024, MSG_DONTWAIT) == 0;
      if (gone) { close(conns[i].fd); free(conns[i].ob); conns[i] = (Conn){0}; ended++; begin_conn(&conns[i], i); finish_conn(&conns[i], i); }
    }
    double rss = rss_kb(); if (rss > most) most = rss;
  }
  return most;
}
static double core0(void) {                                          // busy us of core 0 incl. irq, softirq and steal
  FILE *fp = fopen("/proc/stat", "r"); char l[512]; double r = 0; unsigned long u, n, s, id, io, ir, so, st;
  while (fgets(l, sizeof l, fp)) if (sscanf(l, "cpu0 %lu %lu %lu %lu %lu %lu %lu %lu", &u, &n, &s, &id, &io, &ir, &so, &st) == 8) r = (u + n + s + ir + so + st) * 1e4;
  fclose(fp); return r;
}
static double own(void) { struct rusage r; getrusage(RUSAGE_SELF, &r); return (r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e6 + r.ru_utime.tv_usec + r.ru_stime.tv_usec; }

int main(int ac, char **av) {
  for (int i = 1; i < ac; i++) {
#define A(n) (!strcmp(av[i], n) && i + 1 < ac && ++i)
    if (A("--mode")) mode = !strcmp(av[i], "nats") ? NATS : !strcmp(av[i], "mqtt") ? MQTT : WS;
    else if (A("--port")) port = atoi(av[i]); else if (A("--conns")) nconn = atoi(av[i]); else if (A("--syms")) nsym = atoi(av[i]);
    else if (A("--per")) per = atoi(av[i]); else if (A("--path")) path = av[i]; else if (A("--sub")) sub = av[i]; else if (A("--pre")) pre = av[i];
    else if (A("--go")) go = av[i]; else if (A("--exec")) execcmd = av[i]; else if (A("--ts-off")) ts_off = atoi(av[i]); else if (A("--rec")) rec = atoi(av[i]);
    else if (A("--ts-base")) ts_base = atoll(av[i]); else if (A("--drain")) drain = atof(av[i]);
    else if (A("--proto")) proto = av[i]; else if (A("--sym-fmt")) sym_fmt = av[i];
    else if (!strcmp(av[i], "--ts-ms")) ts_ms = 1; else if (!strcmp(av[i], "--packets")) packets = 1; else if (A("--pid")) pids[npid++] = atoi(av[i]); else if (A("--stall")) stall = atoi(av[i]); else if (A("--slow")) slow = atoi(av[i]);
    else if (A("--rcvbuf")) rcvbuf = atoi(av[i]); else if (A("--warm")) warm = atof(av[i]); else if (A("--time")) dur = atof(av[i]);
    else if (!strcmp(av[i], "--text")) cnt_text = 1; else if (!strcmp(av[i], "--idle")) idle = 1; else if (!strcmp(av[i], "--spin")) spin = 1;
    else { fprintf(stderr, "unknown option %s\n", av[i]); return 2; }
  }
  if (!port) { fprintf(stderr, "--port needed\n"); return 2; }
  struct rlimit rl = {nconn + 100 > 20000 ? nconn + 100 : 20000, nconn + 100 > 20000 ? nconn + 100 : 20000}; setrlimit(RLIMIT_NOFILE, &rl);
  conns = calloc(nconn, sizeof *conns);
  double rss0 = rss_kb(), t0 = mono();
  int ep = epoll_create1(0); struct epoll_event ev[1024];
  for (int i = 0, begun = 0; i < nconn; i++) {                          // some at once: a server may be slow to answer one
    for (; begun < nconn && begun < i - i % 32 + 32; begun++) begin_conn(&conns[begun], begun);
    finish_conn(&conns[i], i);
    if (!conns[i].stalled) { struct epoll_event e = {.events = EPOLLIN | EPOLLET | EPOLLRDHUP, .data.ptr = &conns[i]}; epoll_ctl(ep, EPOLL_CTL_ADD, conns[i].fd, &e); }
  }
  double tconn = mono() - t0;
  // settle: let SUBACKs and snapshots come in
  for (double s = mono(), e = s + 0.7; mono() < e;) {
    uint64_t before = received; int n = epoll_wait(ep, ev, 1024, 50);
    for (int i = 0; i < n; i++) on_readable(ev[i].data.ptr);
    if (received != before && mono() < s + 10 && e < mono() + 0.3) e = mono() + 0.3;
  }
  received = 0;
  double rss1 = rss_kb();
  if (idle) {
    double most = laggards(dur), rss2 = rss_kb();
    printf("{\"conns\":%d,\"connect_s\":%.2f,\"rss0_kb\":%.0f,\"rss1_kb\":%.0f,\"rss2_kb\":%.0f,\"rss_most_kb\":%.0f,\"ended\":%lu,\"bytes_per_conn\":%.0f}\n", nconn, tconn, rss0, rss1, rss2, most, ended, (rss2 - rss0) * 1024 / nconn);
    return 0;
  }
  pid_t kid = 0;
  if (execcmd) { kid = fork(); if (!kid) { for (int f = 3; f < nconn + 20; f++) close(f); execl("/bin/sh", "sh", "-c", execcmd, NULL); _exit(127); } }
  if (go) ws_send(&conns[nconn - 1], 1, go, strlen(go));
  double ts = mono() + warm, te = 0, c0 = 0, k0 = 0, o0 = 0; uint64_t f0 = 0, r0 = 0;
  for (;;) {
    int n = epoll_wait(ep, ev, 1024, spin ? 0 : 20);
    for (int i = 0; i < n; i++) on_readable(ev[i].data.ptr);
    double t = mono();
    if (!measuring && t >= ts) { measuring = 1; ts = t; te = t + dur; c0 = cpu_us(); k0 = core0(); o0 = own(); f0 = frames; r0 = reads; }
    else if (measuring && t >= te) { te = t; break; }
  }
  double c = cpu_us() - c0, k = core0() - k0, o = own() - o0, T = te - ts, rss2 = rss_kb();
  uint64_t f1 = frames, r1 = reads; measuring = 0;
  for (double last = mono(); drain > 0 && mono() < te + drain && mono() < last + 0.5;) {
    uint64_t before = received; int n = epoll_wait(ep, ev, 1024, 50);
    for (int i = 0; i < n; i++) on_readable(ev[i].data.ptr);
    if (received != before) last = mono();
  }
  printf("{\"mode\":\"%s\",\"conns\":%d,\"syms\":%d,\"per\":%d,\"secs\":%.2f,\"deliveries\":%lu,\"received\":%lu,\"rate\":%.0f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"max_us\":%.0f,"
         "\"payload_bytes\":%lu,\"frames_per_read\":%.2f,\"reads_s\":%.0f,\"srv_cpu_pct\":%.1f,\"srv_us_per_msg\":%.3f,\"core0_pct\":%.1f,\"client_cpu_pct\":%.1f,\"closed\":%lu,\"broken\":%lu,\"malformed\":%lu,\"rss_kb\":%.0f,\"rss_conn_kb\":%.0f,\"rss0_kb\":%.0f}\n",
         mode == WS ? "ws" : mode == NATS ? "nats" : "mqtt", nconn, nsym, per, T, deliveries, received, deliveries / T, lat_q(.5), lat_q(.99), lat_q(.999), lat_max / 1000.0,
         bytes, (f1 - f0) / (double)(r1 - r0 ? r1 - r0 : 1), (r1 - r0) / T, c / T / 1e4, deliveries ? c / deliveries : 0, k / T / 1e4, o / T / 1e4, closed, broken, malformed, rss2, rss1, rss0);
  fflush(stdout);
  for (int i = 0; i < nconn; i++) if (conns[i].fd >= 0) { struct linger l = {1, 0}; setsockopt(conns[i].fd, SOL_SOCKET, SO_LINGER, &l, sizeof l); close(conns[i].fd); }
  if (kid) { int st; waitpid(kid, &st, 0); }
  return 0;
}
