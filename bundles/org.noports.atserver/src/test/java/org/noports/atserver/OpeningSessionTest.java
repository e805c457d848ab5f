package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.ALICES_KEYS;
import static org.noports.atserver.TwoAtSigns.BOBS_KEYS;
import static org.noports.atserver.TwoAtSigns.refusal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.DirectoryUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.health.Health;
import org.noports.testkit.fakes.PosingKey;

public class OpeningSessionTest {
  @Rule public final TwoAtSigns two = new TwoAtSigns();

  @Test
  public void aSessionAuthenticatesByItsKeysOnBothConnections() throws Exception {
    AtServerSession session = two.session(ALICE);
    assertThat(session.self(), is(ALICE));
    assertThat(session.connected(), is(true));
    assertThat(two.world.await("from:"), is("> from:@alice"));
    assertThat(
        two.world.await("pkam:"), startsWith("> pkam:signingAlgo:rsa2048:hashingAlgo:sha256:"));
    two.world.await("@alice> monitor:");
  }

  @Test
  public void aKeyFileWithAnMlDsaKeyAuthenticatesByThat() throws Exception {
    PosingKey key = PosingKey.cut();
    two.identities.put(ALICE, TwoAtSigns.ALICES_KEYS.authenticatingBy(key));
    two.world.authenticationKeys.put("@alice", key.publicKey());
    assertThat(two.session(ALICE).connected(), is(true));
    assertThat(
        two.world.await("pkam:"), startsWith("> pkam:signingAlgo:mldsa65:hashingAlgo:sha256:"));
    two.world.await("@alice> monitor:");
  }

  @Test
  public void allWhoAskShareOneSession() throws Exception {
    assertThat(two.session(ALICE), sameInstance(two.session(ALICE)));
  }

  @Test
  public void aWrongKeyIsRefusedWithWhatToDo() throws Exception {
    two.world.authenticationKeys.put("@alice", BOBS_KEYS.authenticationPublicKey());
    String message = refusal(AtServerUnavailable.class, two.atServers.session(ALICE)).getMessage();
    assertThat(message, containsString("refused the authentication of @alice"));
    assertThat(message, containsString("AT0401"));
    assertThat(message, containsString("use the newest copy"));
  }

  @Test
  public void aPendingEnrollmentIsToldApart() throws Exception {
    two.world.script =
        line ->
            Optional.of("error:AT0026:enrollment_id: 1 is pending\n")
                .filter(answer -> line.startsWith("pkam:"));
    String message = refusal(AtServerUnavailable.class, two.atServers.session(ALICE)).getMessage();
    assertThat(message, containsString("approve the enrollment"));
  }

  @Test
  public void aFailureIsNotKept() throws Exception {
    two.identities.remove(ALICE);
    refusal(IdentityUnusable.class, two.atServers.session(ALICE));
    two.identities.put(ALICE, ALICES_KEYS);
    assertThat(two.session(ALICE).connected(), is(true));
  }

  @Test
  public void anAtSignThatTheDirectoryDoesNotKnowIsNamed() throws Exception {
    two.world.authenticationKeys.remove("@alice");
    refusal(AtSignNotFound.class, two.atServers.session(ALICE));
  }

  @Test
  public void withoutTheServicesBesideUsItSaysWhichBundleToStart() throws Exception {
    two.atServers.unbindIdentities(two);
    assertThat(
        refusal(IdentityUnusable.class, two.atServers.session(ALICE)).getMessage(),
        containsString("org.noports.identity"));
    two.atServers.bindIdentities(two);
    two.atServers.unbindDirectory(two);
    assertThat(
        refusal(DirectoryUnavailable.class, two.atServers.session(ALICE)).getMessage(),
        containsString("org.noports.directory"));
  }

  @Test
  public void anAtServerThatIsGoneIsNamedWithItsAddress() throws Exception {
    two.world.close();
    String message = refusal(AtServerUnavailable.class, two.atServers.session(ALICE)).getMessage();
    assertThat(message, containsString(two.world.address().toString()));
    assertThat(two.forgotten.contains(ALICE), is(true));
  }

  @Test
  public void aCertificateByAStrangeCaIsRefused() throws Exception {
    AtServerSettings jdkOnly =
        new AtServerSettings(
            List.of(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ZERO,
            Optional.empty());
    SharedAtServers strict = two.connecting(jdkOnly);
    try {
      String message = refusal(AtServerUnavailable.class, strict.session(ALICE)).getMessage();
      assertThat(message, containsString("not trusted"));
    } finally {
      strict.stop();
    }
  }

  @Test
  public void whatIsNoAtServerIsNamed() throws Exception {
    two.world.script = line -> Optional.of("HTTP/1.1 400 Bad Request\n");
    String message = refusal(ProtocolViolation.class, two.atServers.session(ALICE)).getMessage();
    assertThat(message, containsString(two.world.address().toString()));
  }

  @Test
  public void anAtServerThatNeverAnswersFailsByTime() throws Exception {
    two.world.deaf = true;
    String message = refusal(AtServerUnavailable.class, two.atServers.session(ALICE)).getMessage();
    assertThat(message, containsString("did not answer 'from' within 3000 ms"));
  }

  @Test
  public void healthTellsToWhomAndSinceWhen() throws Exception {
    two.session(ALICE);
    Health health = two.health.get("org.noports.atserver/@alice").check();
    assertThat(health.status(), is(Health.Status.OK));
    assertThat(health.message(), containsString("atServer of @alice at localhost:"));
  }

  @Test
  public void afterTheStopRequestsFailByNameAndHealthIsGone() throws Exception {
    AtServerSession session = two.session(ALICE);
    two.atServers.stop();
    refusal(AtServerUnavailable.class, session.scan("x"));
    assertThat(two.health.isEmpty(), is(true));
    assertThat(session.connected(), is(false));
  }

  @Test
  public void theSigningKeyIsPublishedWhereRelaysLookForIt() throws Exception {
    two.session(ALICE);
    two.world.await("update:public:_apsk.primary.a.__e@alice ");
    assertThat(
        TwoAtSigns.get(two.session(ALICE).lookUpPublic("_apsk.primary.a.__e", AtSign.of("alice"))),
        is(ALICES_KEYS.authenticationPublicKey()));
  }

  @Test
  public void aChangeOfSettingsCutsNothing() throws Exception {
    AtServerSession session = two.session(ALICE);
    two.atServers.change(
        new FakeConfiguration("src/test/resources/tls/nonexistent.pem, src/test/resources/tls"));
    assertThat(session.connected(), is(true));
    assertThat(two.session(ALICE), sameInstance(session));
    two.session(TwoAtSigns.BOB);
  }
}
