package org.noports.stories;

import org.noports.testkit.process.World;

/** Lets a client wait longer for the others: the first session of all is slow on a busy machine. */
final class Patient {
  private Patient() {}

  static void with(World world) {
    world
        .client()
        .configure(
            "org.noports.client.cfg",
            "relayTimeoutSeconds = 60\ndeviceTimeoutSeconds = 60\nresponseTimeoutSeconds = 60\n");
  }
}
