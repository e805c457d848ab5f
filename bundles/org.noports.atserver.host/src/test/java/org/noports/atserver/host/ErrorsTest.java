package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.atserver.host.TestHost.ALICE;

import java.nio.charset.StandardCharsets;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.store.AtSignStore;

/** Errors that others make: peers that fail, a store that fails, noise (atprotocol.md 9). */
public class ErrorsTest {
  private static final AtSign CAROL = AtSign.of("@carol");

  @Rule public final TestHost host = new TestHost();

  @Test
  public void anAtServerThatCannotBeReachedIsOneError() throws Exception {
    HostPort nobody;
    try (FalsePeer closed = new FalsePeer(host.settings.identity())) {
      nobody = closed.address();
    }
    host.directory.register(CAROL, nobody);
    assertAnswer("plookup:x@carol", "error:AT0021-Unable to connect to secondary : ");
  }

  @Test
  public void anAtServerThatSaysNothingIsAnother() throws Exception {
    host.restart("peerTimeoutMillis", 200);
    try (FalsePeer silent = new FalsePeer(host.settings.identity()).silentTo("lookup")) {
      host.directory.register(CAROL, silent.address());
      assertAnswer("plookup:x@carol", "error:AT0023-Timeout waiting for response : ");
    }
  }

  @Test
  public void anAtServerThatDoesNotLetUsInIsAThird() throws Exception {
    try (FalsePeer proud =
        new FalsePeer(host.settings.identity())
            .answers("from:", "error:AT0013-Exception: Unable to connect")) {
      host.directory.register(CAROL, proud.address());
      assertAnswer("lookup:x@carol", "error:AT0008-Handshake failure : AT0013 ");
    }
  }

  @Test
  public void whatAnotherAtServerRefusesIsRefusedWithItsCode() throws Exception {
    try (FalsePeer peer =
        new FalsePeer(host.settings.identity())
            .answers("lookup:all:a", "error:AT0016-Exception: not a key")
            .answers(
                "lookup:all:b",
                "error:{\"errorCode\":\"AT0009\",\"errorDescription\":\"no : never\"}")
            .answers("lookup:all:c", "data:this is not JSON")) {
      host.directory.register(CAROL, peer.address());
      assertAnswer("plookup:a@carol", "error:AT0016-Invalid key : not a key\n@alice@");
      assertAnswer("plookup:b@carol", "error:AT0009-UnAuthorized client in request : never\n");
      assertAnswer("plookup:c@carol", "error:AT0008-Handshake failure : ");
    }
  }

  @Test
  public void aStoreThatFailsIsToldAndEndsTheConnection() {
    Line alice = host.owner(ALICE);
    AtSignStore space = host.store.open(ALICE).toCompletableFuture().join().orElseThrow();
    ((FakeAtSignStore) space).scansFail = true;
    alice.send("scan");
    alice.expect("error:AT0002-DataStore exception : the store failed; try again\n@alice@");
    alice.expect("");
  }

  @Test
  public void aBatchWhoseAnswersAreTooLongEndsByName() {
    host.restart("commandLimit", 4096);
    Line alice = host.owner(ALICE);
    alice.data("update:x.ns@alice " + "x".repeat(3_000));
    String read = "{\"id\":1,\"command\":\"llookup:x.ns@alice\"}";
    String answers = alice.data("batch:[" + read + "," + read + "," + read + "]");
    assertThat(
        answers,
        endsWith("{\"error_code\":\"AT0005\",\"error_message\":\"Buffer limit exceeded\"}}]"));
    assertThat(answers.split("\"data\":", -1).length, equalTo(3));
  }

  @Test
  public void aBatchOfTooManyIsRefused() {
    String one = "{\"id\":1,\"command\":\"noop:0\"}";
    String many = (one + ",").repeat(1_000) + one;
    assertAnswer(
        "batch:[" + many + "]", "error:AT0022-Illegal arguments : a batch has at most 1000");
  }

  @Test
  public void whatIsNoUtf8IsRefusedByName() {
    Line line = host.stranger(ALICE);
    line.sendBytes(new byte[] {'s', 'c', 'a', 'n', ' ', (byte) 0xc3, (byte) 0x28, '\n'});
    assertThat(line.read(), startsWith("error:AT0005-Exception: "));
    line.expect("");
  }

  @Test
  public void controlCharactersAreNoCommand() {
    Line line = host.stranger(ALICE);
    line.sendBytes("\u0000\u0001\u001b[2J\n".getBytes(StandardCharsets.UTF_8));
    line.expect("error:AT0003-Exception: invalid command\n@");
  }

  private void assertAnswer(String command, String begin) {
    Line alice = host.owner(ALICE);
    alice.send(command);
    assertThat(alice.read(), startsWith(begin));
  }
}
