// The yardstick: the plain pods of Sources/EngineBenchmarks/SchedulerBenchmark.swift placed by the
// loop that one would write in C++. For each pod it walks the nodes from where the last search
// ended until enough of them fit, scores every one of these anew, and draws among the best.
//
//   g++ -O3 -o plain plain.cpp && ./plain
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <time.h>
#include <vector>

static double cpu_time() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

struct Node {
  int64_t cpu = 32000, memory = int64_t(128) << 30, pods = 110;
  int64_t used_cpu = 0, used_memory = 0, used_pods = 0;
};

static int64_t least(int64_t used, int64_t all) {
  return used > all ? 0 : (all - used) * 100 / all;
}

static int64_t balance(double cpu, double memory) {
  return int64_t((1 - std::fabs(cpu - memory) / 2) * 100);
}

static int64_t score(const Node &n, int64_t cpu, int64_t memory) {
  int64_t fit = (least(n.used_cpu + cpu, n.cpu) + least(n.used_memory + memory, n.memory)) / 2;
  auto share = [](int64_t used, int64_t all) { return std::min(double(used) / double(all), 1.0); };
  int64_t before = balance(share(n.used_cpu, n.cpu), share(n.used_memory, n.memory));
  int64_t after =
      balance(share(n.used_cpu + cpu, n.cpu), share(n.used_memory + memory, n.memory));
  return fit + 50 + (50 + after - before) / 2;
}

static size_t wanted(size_t nodes) {
  if (nodes < 100) return nodes;
  size_t percent = std::max<int64_t>(50 - int64_t(nodes) / 125, 5);
  return std::max<size_t>(nodes * percent / 100, 100);
}

static void run(size_t node_count, size_t pod_count) {
  std::vector<Node> nodes(node_count);
  std::vector<size_t> feasible, best;
  uint64_t random = 1;
  size_t next = 0, placed = 0;
  const int64_t cpu = 100, memory = int64_t(256) << 20;
  double start = cpu_time();
  for (size_t pod = 0; pod < pod_count; pod++) {
    feasible.clear();
    size_t seen = 0;
    for (; seen < node_count && feasible.size() < wanted(node_count); seen++) {
      size_t index = (next + seen) % node_count;
      const Node &n = nodes[index];
      if (n.used_pods + 1 <= n.pods && cpu <= n.cpu - n.used_cpu &&
          memory <= n.memory - n.used_memory)
        feasible.push_back(index);
    }
    next = (next + seen) % node_count;
    int64_t most = -1;
    best.clear();
    for (size_t index : feasible) {
      int64_t found = score(nodes[index], cpu, memory);
      if (found > most) { most = found; best.clear(); }
      if (found == most) best.push_back(index);
    }
    if (best.empty()) continue;
    random = random * 6364136223846793005u + 1442695040888963407u;
    Node &chosen = nodes[best[(random >> 33) % best.size()]];
    chosen.used_cpu += cpu;
    chosen.used_memory += memory;
    chosen.used_pods++;
    placed++;
  }
  double seconds = cpu_time() - start;
  std::printf("C++ loop, %zu nodes, %zu pods, plain: %.0f pods per CPU second; %zu placed\n",
              node_count, pod_count, double(pod_count) / seconds, placed);
}

int main() {
  run(1000, 5000);
  run(5000, 150000);
}
