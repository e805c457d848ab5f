package org.noports.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.relay.RelaySide;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelSession;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionEnd;

public class CallersSessionsTest {
  private final CallersSessions callers = new CallersSessions();
  private final SessionFactoryImpl shell = new SessionFactoryImpl(new ThreadIOImpl());

  /** A session that lasts until the test ends it. */
  private static final class Lasting implements TunnelSession {
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private SessionId id = SessionId.random();

    @Override
    public SessionFacts facts() {
      return new SessionFacts(
          id,
          RelaySide.CLIENT,
          AtSign.of("@alice"),
          new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
          Target.of("localhost:22"),
          Optional.empty(),
          "localhost:1",
          Level.L1,
          Optional.empty(),
          Optional.empty(),
          Instant.EPOCH,
          0,
          "open",
          new SessionEnd.Traffic(0, 0, 0, 0));
    }

    @Override
    public CompletionStage<ByteStream> connect() {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<String> ended() {
      return ended;
    }

    @Override
    public void close() {
      ended.complete("ended");
    }
  }

  @Test
  public void aMemberSeesItsOwnSessionsAndNoOthers() {
    Lasting alices = new Lasting();
    Lasting bobs = new Lasting();
    callers.opened(alices, caller("alice", true));
    callers.opened(bobs, caller("bob", true));
    assertEquals(Set.of(alices.id), callers.of(caller("alice", true)));
    assertEquals(Set.of(), callers.of(caller("carol", true)));
  }

  @Test
  public void aReplacedSessionIsSeenUnderItsNewName() {
    Lasting kept = new Lasting();
    callers.opened(kept, caller("alice", true));
    kept.id = SessionId.random();
    assertEquals(Set.of(kept.id), callers.of(caller("alice", true)));
  }

  @Test
  public void anEndedSessionIsForgotten() {
    Lasting session = new Lasting();
    callers.opened(session, caller("alice", true));
    session.close();
    assertEquals(Set.of(), callers.of(caller("alice", true)));
  }

  @Test
  public void theOwnerAndTheConsoleSeeAll() {
    assertTrue(CallersSessions.seesAll(caller("root", false)));
    assertTrue(CallersSessions.seesAll(session()));
    assertFalse(CallersSessions.seesAll(caller("alice", true)));
  }

  private Session caller(String name, boolean restricted) {
    Session session = session();
    session.put("noports.user", name);
    session.put("noports.restricted", restricted);
    return session;
  }

  private Session session() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return shell.create(InputStream.nullInputStream(), nowhere, nowhere);
  }
}
