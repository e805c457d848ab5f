package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.atserver.host.TestHost.ALICE;

import org.junit.Rule;
import org.junit.Test;

/** How connections begin, end and are bounded (atprotocol.md 0, 2, 13). */
public class ConnectionsTest {
  @Rule public final TestHost host = new TestHost();

  @Test
  public void aPeerThatHasEndedItsSideIsStillAnsweredAndThenToldGoodbye() {
    Line line = host.stranger(ALICE);
    line.send("lookup:publickey@alice");
    line.endOutput();
    line.expect("data:" + Keys.ENCRYPTION.publicKey() + "\n@");
    // The end of the stream by TLS's own alert: a bare end of the socket would be an error.
    line.expect("");
  }

  @Test
  public void commandsInOnePieceAreAnsweredOneAfterTheOther() {
    Line line = host.stranger(ALICE);
    line.sendRaw("noop:20\nlookup:nothere@alice\r\n");
    line.expect("data:ok\n@");
    assertThat(line.read(), startsWith("error:AT0015-"));
  }

  @Test
  public void aCommandInManyPiecesIsOneCommand() {
    Line line = host.stranger(ALICE);
    for (char c : "noop:0\n".toCharArray()) {
      line.sendRaw(String.valueOf(c));
    }
    line.expect("data:ok\n@");
  }

  @Test
  public void tooManyConnectionsAreToldSoAndOthersGoOn() {
    Line first = host.stranger(ALICE);
    host.settings.with("inboundLimit", 1);
    host.host.modified(host.settings.config());
    TestHost.await(
        () -> {
          Line next = new Line(host.addressOf(ALICE), host.settings.trust());
          boolean full = next.read().equals("error:AT0012-Inbound connection limit exceeded\n");
          next.close();
          return full;
        });
    first.send("noop:0");
    first.expect("data:ok\n@");
  }

  @Test
  public void aCommandThatIsTooLongEndsTheConnectionByName() {
    host.stop();
    host.settings.with("commandLimit", 4096);
    host.start();
    Line line = host.stranger(ALICE);
    line.send("x".repeat(5000));
    assertThat(line.read(), startsWith("error:AT0005-Exception: "));
    line.expect("");
  }

  @Test
  public void aSilentStrangerIsSentAway() {
    host.stop();
    host.settings.with("strangerIdleSeconds", 1);
    host.start();
    Line stranger = host.stranger(ALICE);
    Line owner = host.owner(ALICE);
    stranger.expect("");
    owner.send("noop:0");
    owner.expect("data:ok\n@alice@");
  }

  @Test
  public void aSilentStrangerMakesRoomWhenAllPlacesAreTaken() {
    host.stop();
    host.settings.with("inboundLimit", 4).with("crowdedStrangerIdleSeconds", 0);
    host.start();
    Line owner = host.owner(ALICE);
    host.owner(ALICE);
    host.owner(ALICE);
    Line stranger = host.stranger(ALICE);
    Line next = host.stranger(ALICE);
    stranger.expect("");
    next.send("noop:0");
    next.expect("data:ok\n@");
    owner.send("noop:0");
    owner.expect("data:ok\n@alice@");
  }

  @Test
  public void connectionsAreCountedAndForgotten() {
    int before = connections();
    Line line = host.stranger(ALICE);
    assertThat(connections(), equalTo(before + 1));
    line.close();
    TestHost.await(() -> connections() == before);
  }

  private int connections() {
    return host.host.all().stream()
        .filter(hosted -> hosted.atSign().equals(ALICE))
        .mapToInt(hosted -> hosted.connections())
        .sum();
  }
}
