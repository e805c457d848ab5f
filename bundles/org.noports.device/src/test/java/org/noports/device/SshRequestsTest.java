package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.Target;
import org.noports.api.atserver.Notification;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.Feature;
import org.noports.protocol.session.PingResponse;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.protocol.session.SshRequest;
import org.noports.testkit.Eventually;
import org.noports.testkit.fakes.RealKeys;

/** What NoPorts' ssh clients say and hear: requests and answers are in {@code resources/ssh}. */
public class SshRequestsTest {
  private static final String SESSION = "3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa";
  private static final String PUBLIC_KEY = "ssh-ed25519 AAAAC3Nz alice@home";

  @Rule public final TestDevice test = new TestDevice();
  private final FakeAuthorizedKeys keys = new FakeAuthorizedKeys();
  private final TestDevice.Config config = new TestDevice.Config();
  private ScriptedClient alice;

  @Before
  public void keys() {
    test.neighbours.bindAuthorizedKeys(keys);
    alice = new ScriptedClient(test.world, "@alice");
  }

  @Test
  public void aRequestOpensOneConnectionToSshdAndIsAnsweredWithAKey() throws Exception {
    test.start(config);
    ask("request-g3.json");
    JsonObject payload = answered();
    assertThat(names(payload), equalTo(expected("g3")));
    assertThat(SshRequest.privateKey(payload), is(Optional.of(FakeAuthorizedKeys.PEM)));
    assertThat(test.ends.opened().get(0).target(), is(Optional.of(Target.of("localhost:22"))));
    assertThat(test.ends.opened().get(0).single(), is(true));
    assertThat(keys.granted, hasSize(1));
  }

  @Test
  public void anOldClientIsServedWhereThatIsAllowed() throws Exception {
    config.allowInsecureL0 = true;
    test.start(config);
    ask("request-g1.json");
    assertThat(names(answered()), equalTo(expected("g1")));
  }

  @Test
  public void anOldClientIsRefusedOtherwiseAndNoKeyIsMade() throws Exception {
    test.start(config);
    ask("request-g1.json");
    assertThat(alice.hear().value(), containsString("level L0"));
    assertThat(keys.granted, empty());
  }

  @Test
  public void withoutTheOwnersConsentTheAnswerBringsNoKey() throws Exception {
    keys.grants = false;
    test.start(config);
    ask("request-g3.json");
    assertThat(names(answered()), equalTo(expected("g3-without-key")));
  }

  @Test
  public void sshdIsReachedOnlyWhereTheDevicesListNamesIt() throws Exception {
    config.permitOpen = "localhost:3389";
    test.start(config);
    ask("request-g3.json");
    assertThat(alice.hear().value(), containsString("Connection to localhost:22 denied"));
    assertThat(keys.granted, empty());
    assertThat(test.ends.opened(), empty());
  }

  @Test
  public void aRequestForAConnectionBackIsNotServed() throws Exception {
    test.start(config);
    alice.hearHello();
    say(text("request-g3.json").replace("\"direct\":true", "\"direct\":false"));
    Eventually.holds(() -> !test.audit.events(Receipts.OTHER_REFUSED).isEmpty());
    assertThat(test.ends.opened(), empty());
  }

  @Test
  public void aPublicKeyIsKeptByConsentAndThePingSaysSo() throws Exception {
    test.start(config);
    alice.hearHello();
    alice.say("sshpublickey.dev1.sshnp", PUBLIC_KEY);
    Eventually.holds(() -> keys.added.equals(List.of("@alice " + PUBLIC_KEY)));
    Eventually.holds(() -> !test.audit.events(Receipts.PUBLIC_KEY_KEPT).isEmpty());
    alice.ping();
    PingResponse about = PingResponse.parse(alice.hear().value());
    assertThat(about.supports(Feature.ACCEPTS_PUBLIC_KEYS), is(true));
  }

  @Test
  public void aPublicKeyIsNotKeptWithoutConsentNorForAStranger() throws Exception {
    keys.accepts = false;
    test.start(config);
    alice.hearHello();
    alice.say("sshpublickey.dev1.sshnp", PUBLIC_KEY);
    new ScriptedClient(test.world, "@mallory").say("sshpublickey.dev1.sshnp", PUBLIC_KEY);
    Eventually.holds(() -> test.audit.events(Receipts.OTHER_REFUSED).size() == 2);
    assertThat(keys.added, empty());
    alice.ping();
    PingResponse about = PingResponse.parse(alice.hear().value());
    assertThat(about.supports(Feature.ACCEPTS_PUBLIC_KEYS), is(false));
  }

  private void ask(String resource) throws Exception {
    alice.hearHello();
    say(text(resource));
  }

  private void say(String request) throws Exception {
    JsonObject payload =
        JsonObject.parse("test", request.replace("$PK", alice.ephemeral().publicKey()));
    alice.say(
        "ssh_request.dev1.sshnp",
        SignedEnvelope.sign(payload, RealKeys.of("@alice")::signAsEncryption).toText());
  }

  private JsonObject answered() throws Exception {
    Notification answer = alice.hear();
    assertThat(answer.name(), is(SESSION + ".dev1.sshnp"));
    return SignedEnvelope.parse(answer.value()).payload();
  }

  private static List<String> names(JsonObject payload) {
    return List.copyOf(payload.fields().keySet());
  }

  private static List<String> expected(String answer) throws IOException {
    return text("answers.txt")
        .lines()
        .filter(line -> line.startsWith(answer + " "))
        .map(line -> List.of(line.split(" ")[1].split(",")))
        .findFirst()
        .orElseThrow();
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = SshRequestsTest.class.getResourceAsStream("/ssh/" + resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
