package org.noports.door;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The door's configuration, as used: a changed file replaces it without touching a caller.
 *
 * @param hello how long a caller may take to say what it wants
 * @param callers how many callers at once
 * @param idle after how long an instance that a command has started ends itself
 * @param group whose members may connect and look at a system instance
 */
record DoorSettings(Duration hello, int callers, Duration idle, String group) {
  DoorSettings {
    requireNonNull(hello, "hello is null");
    requireNonNull(idle, "idle is null");
    requireNonNull(group, "group is null");
  }

  static DoorSettings of(Config config) {
    return new DoorSettings(
        Duration.ofSeconds(within(1, config.helloSeconds(), 60)),
        within(1, config.callers(), 1024),
        Duration.ofMinutes(within(1, config.idleMinutes(), 1440)),
        config.group());
  }

  private static int within(int least, int value, int most) {
    return Math.max(least, Math.min(value, most));
  }

  /** The keys of {@code org.noports.door.cfg}. */
  @ObjectClassDefinition(
      name = "NoPorts: local door",
      description = "The Unix domain socket by which the command line reaches this instance.")
  @interface Config {
    @AttributeDefinition(
        name = "Seconds to greet",
        description =
            "s; how long a caller may take to say what it wants. Bounded, because a caller that"
                + " says nothing holds one of the places below.",
        min = "1",
        max = "60")
    int helloSeconds() default 5;

    @AttributeDefinition(
        name = "Callers at once",
        description =
            "Each running command is a caller and holds a thread; more are refused, so that a loop"
                + " in a script cannot exhaust the instance.",
        min = "1",
        max = "1024")
    int callers() default 64;

    @AttributeDefinition(
        name = "Minutes idle",
        description =
            "min; an instance that a command has started by itself ends after so long without"
                + " callers and sessions. Others stay.",
        min = "1",
        max = "1440")
    int idleMinutes() default 15;

    @AttributeDefinition(
        name = "Group",
        description =
            "Members of this group of the machine may run connect, devices and sessions here, where"
                + " the socket's folder lets them in; empty for nobody but the owner.")
    String group() default "noports";
  }
}
