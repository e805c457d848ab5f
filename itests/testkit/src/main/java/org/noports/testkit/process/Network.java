package org.noports.testkit.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two places joined by one cable, each a network namespace with a loopback of its own: what runs
 * there reaches the other place by the cable and nothing else, and the machine's own network sees
 * none of it. The cable can be cut and can lose packets. What is mounted there is seen there only.
 *
 * <p>Root makes them at once; anybody else in a user namespace, where the kernel allows that.
 */
public final class Network implements AutoCloseable {
  /** The first place's address, in its own namespace. */
  public static final String HERE = "10.77.0.1";

  /** The same by IPv6, where {@link #alsoIpv6} has been asked for. */
  public static final String HERE_IPV6 = "fd77::1";

  private static final String THERE = "10.77.0.2";
  private static final String THERE_IPV6 = "fd77::2";
  private static final String ELSEWHERE = "10.77.0.3";
  private static final String ELSEWHERE_IPV6 = "fd77::3";
  private static final String READY = "echo ready; exec sleep 3600";
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Running here;
  private final Running there;
  private final boolean rootless;

  private Network(Running here, Running there, boolean rootless) {
    this.here = here;
    this.there = there;
    this.rootless = rootless;
  }

  /** Makes both places; an {@link AssertionError} says why there can be none. */
  public static Network make() {
    boolean rootless = Shell.run("unshare", "--net", "--mount", "true").exitCode() != 0;
    Running here =
        hold(
            rootless
                ? List.of("unshare", "-r", "--net", "--mount")
                : List.of("unshare", "--net", "--mount"));
    List<String> beside = new ArrayList<>(inside(here, rootless));
    beside.addAll(List.of("unshare", "--net", "--mount"));
    Running there = hold(beside);
    Network made = new Network(here, there, rootless);
    made.plug();
    return made;
  }

  private static Running hold(List<String> unshare) {
    List<String> command = new ArrayList<>(unshare);
    command.addAll(List.of("sh", "-c", READY));
    Running holder = Running.start(new ProcessBuilder(command));
    try {
      holder.awaitLine("ready"::equals, SOON);
    } catch (AssertionError e) {
      throw new AssertionError(
          "This story needs a network namespace of its own: run it as root, or let users have"
              + " namespaces (sysctl kernel.unprivileged_userns_clone=1, and no seccomp profile"
              + " against unshare)",
          e);
    }
    return holder;
  }

  private void plug() {
    String far = Long.toString(there.pid());
    in(here, "ip link add np0 type veth peer name np1 netns " + far).orFail();
    in(here, "ip addr add " + HERE + "/24 dev np0; ip link set np0 up; ip link set lo up").orFail();
    in(there, "ip addr add " + THERE + "/24 dev np1; ip link set np1 up; ip link set lo up")
        .orFail();
  }

  private Finished in(Running place, String script) {
    List<String> command = new ArrayList<>(inside(place, rootless));
    // Users who are not root have no sbin on their path, and need none but here.
    command.addAll(List.of("sh", "-ec", "PATH=$PATH:/usr/sbin:/sbin; " + script));
    return Shell.run(command.toArray(String[]::new));
  }

  private static List<String> inside(Running place, boolean rootless) {
    List<String> enter = new ArrayList<>(List.of("nsenter", "--net", "--mount"));
    if (rootless) {
      enter.addAll(List.of("--user", "--preserve-credentials"));
    }
    enter.addAll(List.of("--target", Long.toString(place.pid())));
    return List.copyOf(enter);
  }

  /** The words before a command that make it run in the first place. */
  public List<String> here() {
    return inside(here, rootless);
  }

  /** The words before a command that make it run in the second place. */
  public List<String> there() {
    return inside(there, rootless);
  }

  /**
   * Drops all that comes in at the second place, or would go out of it: both ends keep their
   * connections and hear nothing, as when a cable is cut beyond the next switch.
   */
  public void cut() {
    filter("np1", "drop");
  }

  /** Loses this share of the packets, in each direction, by chance. */
  public void lose(int percent) {
    filter("np1", "numgen random mod 100 < " + percent + " drop");
  }

  private void filter(String device, String rule) {
    in(
            there,
            "nft -f - <<RULES\n"
                + "table inet cable {\n"
                + "  chain in { type filter hook input priority 0; iifname \""
                + device
                + "\" "
                + rule
                + "; }\n"
                + "  chain out { type filter hook output priority 0; oifname \""
                + device
                + "\" "
                + rule
                + "; }\n}\nRULES")
        .orFail();
  }

  /**
   * Lets the second place reach one port of the first and nothing else, and counts what would go
   * elsewhere.
   */
  public void onlyTo(int port) {
    in(
            there,
            "nft -f - <<RULES\n"
                + "table inet cable {\n"
                + "  chain out { type filter hook output priority 0;\n"
                + "    oifname \"np1\" tcp dport != "
                + port
                + " counter drop; oifname \"np1\" meta l4proto udp counter drop; }\n}\nRULES")
        .orFail();
  }

  /** How many packets {@link #onlyTo} has held back. */
  public int heldBack() {
    Matcher counted =
        Pattern.compile("packets (\\d+)").matcher(in(there, "nft list ruleset").orFail().out());
    int sum = 0;
    while (counted.find()) {
      sum += Integer.parseInt(counted.group(1));
    }
    return sum;
  }

  /** Ends what {@link #cut} and {@link #lose} did. */
  public void mend() {
    in(there, "nft flush ruleset").orFail();
  }

  /**
   * Puts a disk of one megabyte in the place of {@code folder}, for what runs there from now on.
   */
  public void smallDisk(Path folder) {
    String at = "'" + folder + "'";
    in(there, "mkdir -p " + at + "; mount -t tmpfs -o size=1m none " + at).orFail();
  }

  /** Takes all room of a small disk, also what is left in the last page of the files on it. */
  public void fill(Path folder) {
    in(there, "find '" + folder + "' -type f -exec truncate -s %4096 '{}' +").orFail();
    // It ends with "no space left", which is what it is for.
    in(there, "cat /dev/zero >'" + folder + "/filled' 2>/dev/null || true").orFail();
  }

  /** Gives the room back. */
  public void clear(Path folder) {
    in(there, "rm '" + folder + "/filled'").orFail();
  }

  /** Takes the small disk away. */
  public void wholeDisk(Path folder) {
    in(there, "umount '" + folder + "'").orFail();
  }

  /** Takes the second place's interface down, as a laptop does that leaves its network. */
  public void down() {
    in(there, "ip link set np1 down").orFail();
  }

  /** Brings the second place's interface back. */
  public void up() {
    in(there, "ip link set np1 up").orFail();
  }

  /** Gives both places IPv6 addresses as well. */
  public void alsoIpv6() {
    in(here, "ip -6 addr add " + HERE_IPV6 + "/64 dev np0 nodad").orFail();
    in(there, "ip -6 addr add " + THERE_IPV6 + "/64 dev np1 nodad").orFail();
  }

  /** Gives the second place other addresses, as a laptop has that comes to another network. */
  public void move() {
    in(
            there,
            "ip addr flush dev np1; ip addr add "
                + ELSEWHERE
                + "/24 dev np1; ip -6 addr add "
                + ELSEWHERE_IPV6
                + "/64 dev np1 nodad")
        .orFail();
  }

  /** The addresses of the other place to which TCP connections stand, as the first place knows. */
  public Set<String> callers() {
    Set<String> callers = new TreeSet<>();
    in(here, "ss -Htn state established")
        .orFail()
        .out()
        .lines()
        .map(line -> line.trim().split("\\s+")[3])
        .forEach(far -> callers.add(far.substring(0, far.lastIndexOf(':'))));
    return callers;
  }

  /** Ends both places. What still runs there keeps running, in them. */
  @Override
  public void close() {
    there.close();
    here.close();
  }
}
