package org.noports.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.noports.api.SessionId;
import org.noports.api.StoreFailed;

/** A run of its own that grants a key and is killed, or says why it cannot. */
final class GrantAndWait {
  static final SessionId SESSION = SessionId.of("3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa");

  private GrantAndWait() {}

  public static void main(String[] args) throws Exception {
    SessionKeys keys = new SessionKeys(Path.of(args[1]), Duration.ofSeconds(15));
    keys.configure(TestConfiguration.of(Map.of("authorizedKeys", args[0], "keySeconds", 300)));
    try {
      keys.grant(SESSION);
      System.out.print("granted");
    } catch (StoreFailed e) {
      System.out.print(e.getMessage());
      return;
    }
    System.out.flush();
    System.in.read();
  }
}
