// The yardstick: HOLD and M/M/1 with std::priority_queue, the same laws, the same draws and the
// same bytes an event as Sources/EngineBenchmarks. It cannot cancel, and need not.
//
//   g++ -O3 -march=x86-64 -o hold_mm1 hold_mm1.cpp && ./hold_mm1 [--quick]
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <deque>
#include <queue>
#include <time.h>
#include <vector>

static int64_t cpu_time() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return int64_t(t.tv_sec) * 1000000000 + t.tv_nsec;
}

static uint64_t splitmix(uint64_t &state) {
  uint64_t w = state += 0x9E3779B97F4A7C15;
  w = (w ^ (w >> 30)) * 0xBF58476D1CE4E5B9;
  w = (w ^ (w >> 27)) * 0x94D049BB133111EB;
  return w ^ (w >> 31);
}

struct Random {
  uint64_t s[4];
  explicit Random(uint64_t key) { for (auto &w : s) w = splitmix(key); }
  uint64_t next() {
    auto rotate = [](uint64_t w, int k) { return (w << k) | (w >> (64 - k)); };
    uint64_t result = rotate(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotate(s[3], 45);
    return result;
  }
  double uniform() { return (double(int64_t(next() >> 12)) + 0.5) * 0x1p-52; }
  int64_t exponential(double mean) {
    return int64_t(std::round(-mean * std::log(1 - uniform()) * 1e9));
  }
};

template <class Payload> struct Event {
  int64_t time;
  uint64_t key;  // priority and sequence number
  Payload payload;
};

template <class Payload> struct Later {
  bool operator()(const Event<Payload> &a, const Event<Payload> &b) const {
    return a.time != b.time ? a.time > b.time : a.key > b.key;
  }
};

template <class Payload>
using Queue = std::priority_queue<Event<Payload>, std::vector<Event<Payload>>, Later<Payload>>;

struct Hold {
  Queue<uint64_t> queue;
  uint64_t sequence = 0, checksum = 0;
  std::vector<int64_t> gaps;
  size_t position = 0;
  int64_t now = 0;

  Hold() : gaps(16384) {
    Random random(1);
    for (auto &gap : gaps) gap = random.exponential(1e-3);
  }
  void schedule(uint64_t entity) {
    queue.push({now + gaps[position], sequence++, entity});
    position = (position + 1) & 16383;
  }
  int64_t run(int64_t deadline) {
    int64_t handled = 0;
    while (!queue.empty() && queue.top().time <= deadline) {
      auto event = queue.top();
      queue.pop();
      now = event.time;
      checksum = checksum * 0x100000001B3 ^ event.payload;
      schedule(event.payload);
      handled++;
    }
    return handled;
  }
};

struct MM1 {
  enum Kind : uint32_t { arrival, departure };
  struct Payload { Kind kind; uint32_t customer; };
  Queue<Payload> queue;
  uint64_t sequence = 0;
  Random arrivals{1}, services{2};
  bool busy = false;
  std::deque<int64_t> line;
  int64_t now = 0, total_wait = 0, to_come;

  explicit MM1(int64_t customers) : to_come(customers) {}
  void schedule_arrival() {
    if (to_come == 0) return;
    to_come--;
    queue.push({now + arrivals.exponential(1 / 0.8), sequence++, {arrival, uint32_t(to_come)}});
  }
  void schedule_departure() {
    queue.push({now + services.exponential(1), sequence++, {departure, 0}});
  }
  int64_t run() {
    int64_t handled = 0;
    while (!queue.empty()) {
      auto event = queue.top();
      queue.pop();
      now = event.time;
      handled++;
      if (event.payload.kind == arrival) {
        if (busy) {
          line.push_back(now);
        } else {
          busy = true;
          schedule_departure();
        }
        schedule_arrival();
      } else if (!line.empty()) {
        total_wait += now - line.front();
        line.pop_front();
        schedule_departure();
      } else {
        busy = false;
      }
    }
    return handled;
  }
};

int main(int argc, char **argv) {
  bool quick = argc > 1 && !strcmp(argv[1], "--quick");
  int repeats = quick ? 1 : 3;
  printf("{\"hold\":[");
  for (int64_t pending : {10, 1000, 100000, 1000000}) {
    int64_t events = quick ? std::max<int64_t>(pending, 200000)
                           : std::max<int64_t>(pending * 2, 2000000);
    std::vector<double> ns;
    uint64_t checksum = 0;
    for (int i = 0; i < repeats; i++) {
      Hold hold;
      for (int64_t e = 0; e < pending; e++) hold.schedule(e);
      int64_t warm_up = std::max<int64_t>(pending * 2, 100000) * 1000000 / pending;
      hold.run(warm_up);
      int64_t start = cpu_time();
      int64_t handled = hold.run(warm_up + events * 1000000 / pending);
      ns.push_back(double(cpu_time() - start) / double(handled));
      checksum = hold.checksum;
    }
    std::sort(ns.begin(), ns.end());
    printf("%s{\"pending\":%ld,\"ns_per_event\":%.3f,\"checksum\":\"%lx\"}",
           pending == 10 ? "" : ",", long(pending), ns[repeats / 2], (unsigned long)checksum);
  }
  std::vector<double> ns;
  double wait = 0;
  for (int i = 0; i < repeats; i++) {
    int64_t customers = quick ? 200000 : 2000000;
    MM1 model(customers);
    model.schedule_arrival();
    int64_t start = cpu_time();
    int64_t handled = model.run();
    ns.push_back(double(cpu_time() - start) / double(handled));
    wait = double(model.total_wait) / 1e9 / double(customers);
  }
  std::sort(ns.begin(), ns.end());
  printf("],\"mm1\":{\"ns_per_event\":%.3f,\"mean_wait\":%.15g,\"theory\":4}}\n",
         ns[repeats / 2], wait);
}
