package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import java.util.Base64;
import java.util.function.UnaryOperator;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.relay.EnrollmentSignature;
import org.noports.protocol.relay.SigningKeyRecord;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.testkit.fakes.PosingKey;
import org.noports.testkit.fakes.RealKeys;

/** What newer programs put beside the envelope's signature, in each form of its key's record. */
public final class EnrollmentSignatureTest {
  private static final String RECORD = "public:_apsk.e-1.a.__e@alice";

  @Rule public final TestDevice test = new TestDevice();
  private final RealKeys keys = RealKeys.of("@alice");
  private final PosingKey mlDsa = PosingKey.cut();
  private ScriptedClient alice;

  @Before
  public void aDevice() throws Exception {
    alice = new ScriptedClient(test.world, "@alice");
    test.start(new TestDevice.Config());
    test.ciphers.verifyPostQuantum(true);
  }

  private void ask(String uri, String kid, String algorithm, UnaryOperator<byte[]> signer) {
    SignedEnvelope envelope =
        SignedEnvelope.sign(alice.request(SessionId.random()).toJson(), keys::signAsEncryption);
    JsonObject.Builder beside = JsonObject.builder().put("sk", uri);
    if (!kid.isEmpty()) {
      beside.put("kid", kid);
    }
    byte[] signature = signer.apply(envelope.signedBytes());
    beside
        .put("sa", algorithm)
        .put("ha", "sha256")
        .put("s", Base64.getEncoder().encodeToString(signature));
    alice.say(
        MessageNames.nptRequest(ScriptedClient.NAME),
        envelope.with(EnrollmentSignature.FIELD, beside.build()).toText());
  }

  private void publish(String record) {
    test.world.values().put(RECORD, record);
  }

  private void admitted() throws Exception {
    assertThat(alice.hear().value(), startsWith("{\"payload\""));
  }

  private void refused(String why) throws Exception {
    int before = test.ends.opened().size();
    assertThat(alice.hear().value(), containsString(why));
    assertThat(test.ends.opened(), hasSize(before));
  }

  @Test
  public void oneBareKeyVerifiesIt() throws Exception {
    publish(keys.authenticationPublicKey());
    ask(RECORD, "", "rsa2048", keys::signAsAuthentication);
    admitted();
    ask(RECORD, "", "rsa2048", keys::signAsEncryption);
    refused("not by the key that it names");
  }

  @Test
  public void ofAListItMustBeTheStrongestAndTheNamedOne() throws Exception {
    publish(SigningKeyRecord.list(keys.authenticationPublicKey(), mlDsa.publicKey()));
    String kid = SigningKeyRecord.kid(mlDsa.publicKey());
    ask(RECORD, kid, "mldsa65", mlDsa::sign);
    admitted();
    ask(RECORD, "", "mldsa65", mlDsa::sign);
    admitted();
    ask(RECORD, "0123456789abcdef", "mldsa65", mlDsa::sign);
    refused("does not have");
    ask(RECORD, "", "rsa2048", keys::signAsAuthentication);
    refused("offers mldsa65");
    ask(RECORD, kid, "mldsa65", PosingKey.cut()::sign);
    refused("not by the key that it names");
  }

  @Test
  public void whatCannotBeCheckedIsNoWorseThanNone() throws Exception {
    ask(RECORD, "", "rsa2048", keys::signAsAuthentication);
    admitted();
    publish(SigningKeyRecord.list(keys.authenticationPublicKey(), mlDsa.publicKey()));
    test.ciphers.verifyPostQuantum(false);
    ask(RECORD, "", "mldsa65", mlDsa::sign);
    admitted();
  }

  @Test
  public void anothersKeyAndWhatIsNoRecordOfAnActiveKeyAreRefused() throws Exception {
    ask("public:_apsk.e-1.a.__e@mallory", "", "rsa2048", keys::signAsAuthentication);
    refused("another atSign's key");
    ask("public:_apsk.e-1.r.__e@alice", "", "rsa2048", keys::signAsAuthentication);
    refused("not the record of an active key");
  }
}
