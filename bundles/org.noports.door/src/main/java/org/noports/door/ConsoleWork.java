package org.noports.door;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/** Karaf's interactive shell on the caller's terminal. For the owner alone. */
final class ConsoleWork implements Work {
  private final SessionFactory sessions;

  ConsoleWork(SessionFactory sessions) {
    this.sessions = sessions;
  }

  @Override
  public int run(Call call) throws Exception {
    if (call.peer().access() != Peer.Access.OWNER) {
      call.stderr().println("The console is for the owner of this instance.");
      return FAILED;
    }
    return ShellUser.call(call.peer(), () -> interact(call));
  }

  private int interact(Call call) throws IOException {
    try (DoorTerminal terminal = new DoorTerminal(call.greeting(), call.stdout())) {
      call.onResize(terminal::resized);
      PrintStream out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
      Session session =
          sessions.create(
              terminal.input(), out, out, terminal, StandardCharsets.UTF_8.name(), () -> {});
      Thread typing = new Thread(() -> type(call, terminal, session), "noports-door-keys");
      typing.setDaemon(true);
      typing.start();
      session.put("noports.user", call.peer().user());
      session.run();
      typing.interrupt();
      return 0;
    }
  }

  /** What is typed goes through the terminal's line discipline; a caller that leaves logs out. */
  private static void type(Call call, DoorTerminal terminal, Session session) {
    byte[] keys = new byte[1024];
    try {
      for (int count = call.stdin().read(keys); count >= 0; count = call.stdin().read(keys)) {
        terminal.processInputBytes(keys, 0, count);
      }
    } catch (IOException loggedOut) {
      return;
    }
    session.close();
  }
}
