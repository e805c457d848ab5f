package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.atserver.host.TestHost.ALICE;
import static org.noports.atserver.host.TestHost.BOB;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/** What strangers can do to us: bounded, told by name, and no matter to others. */
public class AbuseTest {
  @Rule public final TestHost host = new TestHost();

  private final List<Socket> sockets = new ArrayList<>();

  @After
  public void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void with(String key, int value) {
    host.stop();
    host.settings.with(key, value);
    host.start();
  }

  private Socket raw() throws IOException {
    Socket socket = new Socket("127.0.0.1", host.addressOf(ALICE).port());
    socket.setSoTimeout(60_000);
    sockets.add(socket);
    return socket;
  }

  /** How a connection ends that says nothing to us in TLS: by its end or a reset. */
  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  public void oneAddressGetsItsShareOfTheHostAndOwnersAreNotCounted() throws Exception {
    with("addressLimit", 4);
    Line owner = host.owner(ALICE);
    Line another = host.owner(BOB);
    for (int i = 0; i < 4; i++) {
      host.stranger(ALICE);
    }
    Line fifth = host.caller(host.addressOf(BOB), Optional.empty());
    fifth.expect("error:AT0012-Inbound connection limit exceeded\n");
    fifth.expect("");
    owner.send("noop:0");
    owner.expect("data:ok\n@alice@");
    another.send("noop:0");
    another.expect("data:ok\n@bob@");
  }

  @Test
  public void farMoreConnectionsDoNotGetAsFarAsTls() throws Exception {
    host.settings.with("handshakeSeconds", 60);
    with("addressLimit", 4);
    List<Socket> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(raw());
    }
    assertThat(ended(raw()), equalTo(true));
    waiting.get(0).close();
    TestHost.await(this::anotherGetsAsFarAsTls);
  }

  private boolean anotherGetsAsFarAsTls() {
    try {
      Socket next = raw();
      next.setSoTimeout(100);
      return !ended(next);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  public void tenThousandConnectionsFromOneAddressHoldNoMoreThanItsShare() throws Exception {
    int places = 200;
    host.settings.with("handshakeSeconds", 60);
    with("addressLimit", places / 2);
    Line owner = host.owner(ALICE);
    for (int i = 0; i < places; i++) {
      raw();
    }
    for (int i = places; i < 10_000; i++) {
      try (Socket next = new Socket("127.0.0.1", host.addressOf(ALICE).port())) {
        next.setSoTimeout(60_000);
        assertThat("connection " + i + " is hung up on", ended(next), equalTo(true));
      }
      if (i % 1_000 == 0) {
        owner.send("noop:0");
        owner.expect("data:ok\n@alice@");
      }
    }
    hangUp();
    TestHost.await(this::anotherGetsAsFarAsTls);
  }

  @Test
  public void strangersFromOneAddressLeaveHalfOfAnAtSignsPlaces() {
    with("inboundLimit", 6);
    for (int i = 0; i < 3; i++) {
      host.stranger(ALICE);
    }
    Line fourth = host.caller(host.addressOf(ALICE), Optional.empty());
    fourth.expect("error:AT0012-Inbound connection limit exceeded\n");
    host.stranger(BOB);
  }

  @Test
  public void whoeverDawdlesOverTlsIsSentAway() throws Exception {
    with("handshakeSeconds", 3);
    Socket silent = raw();
    Socket half = raw();
    half.getOutputStream().write(new byte[] {22, 3, 1, 2});
    assertThat(ended(silent), equalTo(true));
    assertThat(ended(half), equalTo(true));
    host.owner(ALICE);
  }

  @Test
  public void noiseEndsItsConnectionAndNothingElse() throws Exception {
    Line owner = host.owner(ALICE);
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      Socket socket = raw();
      byte[] noise = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(noise);
      // No TLS record begins so: whatever it is, it is refused at once.
      noise[0] = (byte) 0xfe;
      try {
        socket.getOutputStream().write(noise);
      } catch (IOException resetMeanwhile) {
        continue;
      }
      if (noise.length > 5) {
        assertThat(ended(drained(socket)), equalTo(true));
      }
    }
    owner.send("noop:0");
    owner.expect("data:ok\n@alice@");
  }

  /** An alert may come first. */
  private static Socket drained(Socket socket) throws IOException {
    byte[] alert = new byte[256];
    try {
      while (socket.getInputStream().read(alert) >= 0) {
        continue;
      }
    } catch (IOException reset) {
      return socket;
    }
    return socket;
  }

  @Test
  public void noiseInsideTlsIsAnsweredByName() {
    Line line = host.stranger(ALICE);
    line.sendBytes(new byte[] {(byte) 0xc3, (byte) 0x28, '\n'});
    assertThat(line.read(), startsWith("error:AT0005-Exception: the line is not UTF-8"));
    line.expect("");
    Line zeros = host.stranger(ALICE);
    zeros.send("\u0000\u0001\u0002");
    zeros.expect("error:AT0003-Exception: invalid command\n@");
  }

  @Test
  public void aStrangersCommandIsShortAndAnOwnersMayBeLong() {
    Line stranger = host.stranger(ALICE);
    stranger.sendRaw("x".repeat(65_537));
    assertThat(
        stranger.read(), containsString("error:AT0005-Exception: the line is longer than 65536"));
    stranger.expect("");
    Line owner = host.owner(ALICE);
    owner.data("update:long.ns@alice " + "x".repeat(1_000_000));
    assertThat(owner.longData("llookup:long.ns@alice").length(), equalTo(1_000_000));
  }

  /** As a client of another make does, which reads when it has written. */
  @Test
  public void whoeverIsRefusedAmidALongLineStillReadsWhy() {
    Line stranger = host.stranger(ALICE);
    stranger.sendRaw("x".repeat(1_000_000));
    assertThat(
        stranger.read(), containsString("error:AT0005-Exception: the line is longer than 65536"));
    stranger.expect("");
  }

  @Test
  public void unfinishedCommandsToOneAtSignStayWithinABoundTogether() {
    with("underWayMegabytes", 2);
    Line first = host.owner(ALICE);
    Line second = host.owner(ALICE);
    Line bob = host.owner(BOB);
    first.sendRaw("update:a.ns@alice " + "x".repeat(1_500_000));
    TestHost.await(() -> refused(host.owner(ALICE)));
    // What is there already is not harmed, small commands pass, others have a bound of their own.
    first.sendRaw("\n");
    assertThat(first.read(), startsWith("data:"));
    second.send("noop:0");
    second.expect("data:ok\n@alice@");
    bob.data("update:a.ns@bob " + "x".repeat(1_500_000));
    second.data("update:b.ns@alice " + "x".repeat(1_500_000));
  }

  private static boolean refused(Line line) {
    line.sendRaw("update:c.ns@alice " + "x".repeat(700_000) + "\n");
    return line.read().startsWith("error:AT0005-Buffer limit exceeded : the commands under way");
  }

  @Test
  public void aCommandThatComesByteByByteIsOneCommandStill() {
    Line owner = host.owner(ALICE);
    StringBuilder command = new StringBuilder("update:slow.ns@alice ");
    command.append("x".repeat(500));
    for (char c : command.toString().toCharArray()) {
      owner.sendRaw(String.valueOf(c));
    }
    owner.sendRaw("\n");
    assertThat(owner.read(), startsWith("data:"));
    assertThat(owner.data("llookup:slow.ns@alice"), equalTo("x".repeat(500)));
  }
}
