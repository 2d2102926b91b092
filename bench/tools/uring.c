// uring - what sending a small frame to each of 100 sockets costs the sender by write(2) and by one io_uring submission for all of them,
// in turn, at the pace of a feed. Both ends are on this machine: the sender on core 0, the receiver on core 1.
// uring [ROUNDS]
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/io_uring.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SOCKETS 100
#define FRAME 23

static int sockets[SOCKETS];
static const char frame[FRAME] = {(char)0x82, FRAME - 2};

static struct io_uring_sqe *entries;
static unsigned *submitted_tail, *submission_mask, *submission_array, *completed_head, *completed_tail, *completion_mask;
static struct io_uring_cqe *completions;
static int ring;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void pin(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  if (sched_setaffinity(0, sizeof set, &set)) fail("sched_setaffinity");
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static double cpu(void) {
  struct rusage r;
  getrusage(RUSAGE_SELF, &r);
  return r.ru_utime.tv_sec + r.ru_stime.tv_sec + (r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
}

static void receive(const int *ends) {
  static char thrown_away[65536];
  struct epoll_event events[SOCKETS];
  int poll = epoll_create1(0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  pin(1);
  for (int i = 0; i < SOCKETS; i++) {
    struct epoll_event e = {.events = EPOLLIN, .data.fd = ends[i]};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, ends[i], &e)) fail("epoll_ctl");
  }
  for (;;) {
    int n = epoll_wait(poll, events, SOCKETS, -1);
    for (int i = 0; i < n; i++)
      if (read(events[i].data.fd, thrown_away, sizeof thrown_away) <= 0) exit(0);
  }
}

static void connect_all(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int ends[SOCKETS], on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (void *)&address, size) || listen(listener, SOCKETS) || getsockname(listener, (void *)&address, &size)) fail("listen");
  for (int i = 0; i < SOCKETS; i++) {
    ends[i] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(ends[i], (void *)&address, size) || (sockets[i] = accept4(listener, 0, 0, SOCK_NONBLOCK)) < 0) fail("connect");
    setsockopt(sockets[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  if (fork() == 0) receive(ends);
  for (int i = 0; i < SOCKETS; i++) close(ends[i]);
}

static void set_up_ring(void) {
  struct io_uring_params p = {.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE, .cq_entries = 4 * SOCKETS};
  if ((ring = syscall(SYS_io_uring_setup, SOCKETS, &p)) < 0) fail("io_uring_setup");
  char *s = mmap(0, p.sq_off.array + p.sq_entries * 4, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
  char *c = mmap(0, p.cq_off.cqes + p.cq_entries * sizeof *completions, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_CQ_RING);
  entries = mmap(0, p.sq_entries * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQES);
  if (s == MAP_FAILED || c == MAP_FAILED || entries == MAP_FAILED) fail("mmap");
  submitted_tail = (void *)(s + p.sq_off.tail);
  submission_mask = (void *)(s + p.sq_off.ring_mask);
  submission_array = (void *)(s + p.sq_off.array);
  completed_head = (void *)(c + p.cq_off.head);
  completed_tail = (void *)(c + p.cq_off.tail);
  completion_mask = (void *)(c + p.cq_off.ring_mask);
  completions = (void *)(c + p.cq_off.cqes);
  if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES, sockets, SOCKETS)) fail("io_uring_register");
}

static void send_by_write(void) {
  for (int i = 0; i < SOCKETS; i++)
    if (write(sockets[i], frame, FRAME) != FRAME) fail("write");
}

static void send_by_ring(void) {
  unsigned tail = *submitted_tail;
  for (int i = 0; i < SOCKETS; i++, tail++) {
    unsigned at = tail & *submission_mask;
    entries[at] = (struct io_uring_sqe){.opcode = IORING_OP_SEND, .flags = IOSQE_FIXED_FILE, .fd = i, .addr = (uintptr_t)frame, .len = FRAME, .msg_flags = MSG_DONTWAIT};
    submission_array[at] = at;
  }
  __atomic_store_n(submitted_tail, tail, __ATOMIC_RELEASE);
  if (syscall(SYS_io_uring_enter, ring, SOCKETS, SOCKETS, IORING_ENTER_GETEVENTS, 0, 0) != SOCKETS) fail("io_uring_enter");
  unsigned head = *completed_head, end = __atomic_load_n(completed_tail, __ATOMIC_ACQUIRE);
  if (end - head != SOCKETS) fail("not all were sent");
  for (; head != end; head++)
    if (completions[head & *completion_mask].res != FRAME) fail("send");
  __atomic_store_n(completed_head, head, __ATOMIC_RELEASE);
}

// Microseconds of the sender's CPU for each frame.
static double measure(void (*send)(void), int turns_per_second, double seconds) {
  struct timespec due;
  int turns = turns_per_second * seconds;
  clock_gettime(CLOCK_MONOTONIC, &due);
  double before = cpu();
  for (int turn = 0; turn < turns; turn++) {
    due.tv_nsec += 1000000000 / turns_per_second;
    if (due.tv_nsec >= 1000000000) {
      due.tv_nsec -= 1000000000;
      due.tv_sec++;
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, 0);
    send();
  }
  return (cpu() - before) * 1e6 / turns / SOCKETS;
}

static int by_value(const void *a, const void *b) {
  return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b);
}

int main(int count, char **arguments) {
  int rounds = count > 1 ? atoi(arguments[1]) : 9, rates[] = {200, 1000};
  if (rounds < 1 || rounds > 100) return fprintf(stderr, "usage: uring [ROUNDS], 1 to 100\n"), 2;
  pin(0);
  connect_all();
  set_up_ring();
  for (int r = 0; r < 2; r++) {
    double written[100], ringed[100], start = now();
    for (int i = 0; i < rounds; i++) {
      written[i] = measure(send_by_write, rates[r], 1);
      ringed[i] = measure(send_by_ring, rates[r], 1);
    }
    qsort(written, rounds, sizeof *written, by_value);
    qsort(ringed, rounds, sizeof *ringed, by_value);
    printf("%6d frames/s: write %.2f us a frame, io_uring %.2f us, ratio %.2f (medians of %d rounds, %.0f s)\n", rates[r] * SOCKETS, written[rounds / 2],
           ringed[rounds / 2], ringed[rounds / 2] / written[rounds / 2], rounds, now() - start);
  }
}
