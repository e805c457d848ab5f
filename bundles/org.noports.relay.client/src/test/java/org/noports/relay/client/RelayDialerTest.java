package org.noports.relay.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.health.Health;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelaySide;
import org.noports.api.stream.ByteStream;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.relay.EscrResponse;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;

public class RelayDialerTest {
  private static final int NO_HURRY = 30_000;
  private static final int IMPATIENT = 100;
  private static final RelayCredential LINE = new RelayCredential.SignedLine("{\"signed\":1}");
  private static final EscrChallenge CHALLENGE = EscrChallenge.of(new byte[32]);

  private final RealKeys keys = RealKeys.of(AtSign.of("@client"));
  private final SessionId session = SessionId.random();
  private final JdkCiphers ciphers = new JdkCiphers();
  private final Dialling dialling = Dialers.dialling(ciphers);
  private final RelayDialer dialer = new RelayDialer(dialling, Dialers.config(NO_HURRY));
  private ScriptedRelay relay;

  @Before
  public void open() throws IOException {
    relay = new ScriptedRelay();
  }

  @After
  public void close() throws IOException {
    dialling.stop();
    relay.close();
  }

  private RelayCredential answer() {
    return new RelayCredential.ChallengeResponse(
        session,
        RelaySide.CLIENT,
        Secret.owning(new byte[32]),
        keys,
        SigningKeyUri.of(keys.enrollmentId(), keys.atSign()).toString());
  }

  private static String read(ByteStream stream, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && Stages.value(stream.read(buffer)) >= 0) {
      // On to the next piece.
    }
    return new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  @Test
  public void aSignedLineGoesOutAtOnceAndNothingIsAwaited() {
    CompletableFuture<Void> played =
        relay.next(
            line -> {
              assertThat(line.hearLine(), is("{\"signed\":1}"));
              assertThat(line.hearLine(), is("payload"));
              line.say("back");
            });
    ByteStream stream = Stages.value(dialer.dial(relay.address(), LINE));
    Stages.value(stream.write(bytes("payload\n")));
    assertThat(read(stream, 4), is("back"));
    ScriptedRelay.played(played);
    stream.close();
  }

  @Test
  public void aChallengeIsAnsweredForThisSessionAndSideAndWhatFollowsTheVerdictIsPayload() {
    CompletableFuture<Void> played =
        relay.next(
            line -> {
              line.say(CHALLENGE.text() + "\n");
              requireProof(line.hearLine());
              line.say("ok\nSSH-2.0");
              assertThat(line.hearLine(), is("payload"));
            });
    ByteStream stream = Stages.value(dialer.dial(relay.address(), answer()));
    assertThat(read(stream, 7), is("SSH-2.0"));
    Stages.value(stream.write(bytes("payload\n")));
    ScriptedRelay.played(played);
    stream.close();
  }

  private void requireProof(String said) throws Exception {
    EscrLine line = EscrLine.parse(said);
    assertThat(line.sessionId(), is(session));
    EscrResponse response =
        line.open(
            (iv, hidden) -> {
              byte[] clear = new byte[hidden.length];
              try (Secret key = Secret.owning(new byte[32])) {
                ciphers
                    .streamCipher("aes-256-ctr")
                    .start(key, iv)
                    .apply(ByteBuffer.wrap(hidden), ByteBuffer.wrap(clear));
              } catch (CipherUnavailable e) {
                throw new AssertionError(e);
              }
              return clear;
            });
    assertThat(response.check(session, CHALLENGE), is(RelaySide.CLIENT));
    assertThat(response.signingKeyUri(), is("public:_apsk.primary.a.__e@client"));
    assertThat(
        ciphers
            .signature("rsa2048-sha256")
            .verifies(
                keys.authenticationPublicKey(), response.signedBytes(), response.signatureBytes()),
        is(true));
  }

  @Test
  public void aVerdictMayComeByteByByteAndTheStreamMayBeEmptyBehindIt() {
    CompletableFuture<Void> played =
        relay.next(
            line -> {
              for (char next : (CHALLENGE.text() + "\n").toCharArray()) {
                line.say(String.valueOf(next));
              }
              line.hearLine();
              for (char next : "ok\n".toCharArray()) {
                line.say(String.valueOf(next));
              }
            });
    ByteStream stream = Stages.value(dialer.dial(relay.address(), answer()));
    assertThat(read(stream, 1), is(""));
    ScriptedRelay.played(played);
    stream.close();
  }

  private RelayUnavailable refusal(RelayCredential credential, ScriptedRelay.Script script) {
    CompletableFuture<Void> played = relay.next(script);
    RelayUnavailable failure =
        Stages.failure(RelayUnavailable.class, dialer.dial(relay.address(), credential));
    ScriptedRelay.played(played);
    assertThat(failure.getMessage(), containsString(relay.address().toString()));
    return failure;
  }

  @Test
  public void aRelayThatDoesNotBelieveUsIsNamedWithItsReason() {
    RelayUnavailable failure =
        refusal(
            answer(),
            line -> {
              line.say(CHALLENGE.text() + "\n");
              line.hearLine();
              line.say("Socket auth failed\n");
              assertThat(line.hearAll(), is(""));
            });
    assertThat(failure.getMessage(), containsString("'Socket auth failed'"));
  }

  @Test
  public void whoeverIsNoRelayIsToldFromARelay() {
    assertThat(
        refusal(answer(), line -> line.say("SSH-2.0-OpenSSH_9.2\n")).getMessage(),
        containsString("relay challenge: not the base64"));
    assertThat(
        refusal(answer(), line -> line.say("x".repeat(1000))).getMessage(),
        containsString("does not speak the challenge"));
    assertThat(
        refusal(
                answer(),
                line -> {
                  line.say(CHALLENGE.text() + "\n");
                  line.hearLine();
                  line.say("okay\n");
                })
            .getMessage(),
        allOf(containsString("did not let us in"), not(containsString("okay"))));
  }

  @Test
  public void aRelayThatHangsUpIsNamed() {
    assertThat(refusal(answer(), line -> {}).getMessage(), containsString("hung up"));
  }

  @Test
  public void aRelayThatIsSilentIsGivenUpInTime() {
    dialer.apply(Dialers.config(IMPATIENT));
    CompletableFuture<Void> played = relay.next(line -> assertThat(line.hearAll(), is("")));
    RelayUnavailable failure =
        Stages.failure(RelayUnavailable.class, dialer.dial(relay.address(), answer()));
    assertThat(failure.getMessage(), containsString("in time"));
    ScriptedRelay.played(played);
  }

  @Test
  public void aRelayThatSaysNothingToOurAnswerMayHaveTakenUs() {
    assertThat("no challenge yet", refusal(answer(), line -> {}).isUndecided(), is(false));
    ScriptedRelay.Script hangsUp =
        line -> {
          line.say(CHALLENGE.text() + "\n");
          line.hearLine();
        };
    assertThat("it hung up", refusal(answer(), hangsUp).isUndecided(), is(true));
    ScriptedRelay.Script refuses =
        line -> {
          hangsUp.play(line);
          line.say("Socket auth failed\n");
        };
    assertThat("it refused", refusal(answer(), refuses).isUndecided(), is(false));
    dialer.apply(Dialers.config(IMPATIENT));
    ScriptedRelay.Script isSilent =
        line -> {
          hangsUp.play(line);
          assertThat(line.hearAll(), is(""));
        };
    assertThat("too late", refusal(answer(), isSilent).isUndecided(), is(true));
  }

  @Test
  public void aRelayThatIsNotThereIsNamedWithWhatToDo() throws Exception {
    HostPort nobody;
    try (ServerSocket gone = new ServerSocket(0)) {
      nobody = new HostPort("127.0.0.1", gone.getLocalPort());
    }
    RelayUnavailable failure = Stages.failure(RelayUnavailable.class, dialer.dial(nobody, LINE));
    assertThat(
        failure.getMessage(), allOf(containsString(nobody.toString()), containsString("refused")));
    assertThat(
        Stages.failure(
                RelayUnavailable.class, dialer.dial(new HostPort("no.such.invalid", 1), LINE))
            .getMessage(),
        containsString("no.such.invalid"));
  }

  @Test
  public void aStageThatIsCancelledHangsUp() {
    CompletableFuture<Void> dialled = new CompletableFuture<>();
    CompletableFuture<Void> played =
        relay.next(
            line -> {
              dialled.complete(null);
              assertThat(line.hearAll(), is(""));
            });
    CompletionStage<ByteStream> stage = dialer.dial(relay.address(), answer());
    Stages.value(dialled);
    stage.toCompletableFuture().cancel(false);
    ScriptedRelay.played(played);
  }

  @Test
  public void withoutItsAlgorithmADialFailsByThatName() {
    ciphers.withdraw();
    CompletableFuture<Void> played =
        relay.next(
            line -> {
              line.say(CHALLENGE.text() + "\n");
              assertThat(line.hearAll(), is(""));
            });
    Stages.failure(CipherUnavailable.class, dialer.dial(relay.address(), answer()));
    ScriptedRelay.played(played);
  }

  @Test
  public void aWrongSettingIsReportedAndTheOneBeforeStays() {
    dialer.apply(Dialers.config(7));
    assertThat(dialer.check().status(), is(Health.Status.DEGRADED));
    assertThat(
        dialer.check().message(),
        allOf(containsString("timeoutMillis = 7"), containsString(NO_HURRY + " ms stay")));
  }

  @Test
  public void aDialerThatWasStoppedSaysSo() {
    dialling.stop();
    assertThat(
        Stages.failure(RelayUnavailable.class, dialer.dial(relay.address(), LINE)).getMessage(),
        containsString("shutting down"));
  }
}
