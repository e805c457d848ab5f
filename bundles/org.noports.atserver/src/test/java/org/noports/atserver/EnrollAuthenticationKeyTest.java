package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.ALICES_KEYS;
import static org.noports.atserver.TwoAtSigns.get;
import static org.noports.atserver.TwoAtSigns.refusal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtServerUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.protocol.json.JsonObject;
import org.noports.testkit.fakes.PosingKey;

/** The order in which an enrollment comes to another kind of key, and what is left at each step. */
public class EnrollAuthenticationKeyTest {
  private static final String UPDATE = "enroll:update:";

  @Rule public final TwoAtSigns two = new TwoAtSigns();

  private final WaitingKey waiting = new WaitingKey();

  @Before
  public void theAtServerTakesTheKey() {
    two.world.script = this::update;
  }

  /** As docs/protocol/atprotocol.md 3.6 has it: nobody introduces a key that he does not have. */
  private Optional<String> update(String line) {
    if (!line.startsWith(UPDATE)) {
      return Optional.empty();
    }
    try {
      JsonObject said = JsonObject.parse("update", line.substring(UPDATE.length()));
      String key = said.requireText("apkamPublicKey");
      String algorithm = said.requireText("signingAlgo");
      byte[] proof = Base64.getDecoder().decode(said.requireText("apkamPublicKeySignature"));
      byte[] shown = ("id-1|" + key + "|" + algorithm).getBytes(StandardCharsets.UTF_8);
      assertThat(PosingKey.verifies(key, shown, proof), is(true));
      assertThat(said.requireText("apskLegacy"), is(ALICES_KEYS.authenticationPublicKey()));
      two.world.authenticationKeys.put("@alice", key);
      return Optional.of("data:{\"status\":\"approved\",\"enrollmentId\":\"id-1\"}\n");
    } catch (org.noports.api.ProtocolViolation e) {
      return Optional.of("error:AT0003-Exception: " + e.getMessage() + "\n");
    }
  }

  private EnrollmentDesk desk() {
    return new EnrollmentDesk(two.atServers, OnboardTest.noKeys(), waiting);
  }

  private List<String> verbs() {
    return two.world.heard.stream()
        .map(line -> line.substring(line.indexOf("> ") + 2).split(":", 2)[0])
        .toList();
  }

  @Test
  public void theKeyIsIntroducedByTheOldOneTriedAndThenUsed() throws Exception {
    get(desk().authenticatePostQuantum(ALICE));
    assertThat(waiting.used, is(true));
    assertThat(verbs(), is(List.of("from", "pkam", "enroll", "from", "pkam")));
  }

  @Test
  public void whatAnAtServerRefusesIsNotUsed() throws Exception {
    two.world.script =
        line ->
            line.startsWith(UPDATE)
                ? Optional.of("error:AT0010-Exception: mldsa65 is not here\n")
                : Optional.empty();
    assertThat(
        refusal(AtServerUnavailable.class, desk().authenticatePostQuantum(ALICE)).getMessage(),
        containsString("mldsa65 is not here"));
    assertThat(waiting.used, is(false));
  }

  @Test
  public void whatIsTakenAndDoesNotAdmitIsNotUsed() throws Exception {
    two.world.script =
        line -> line.startsWith(UPDATE) ? Optional.of("data:{}\n") : Optional.empty();
    two.world.authenticationKeys.put("@alice", ALICES_KEYS.authenticationPublicKey());
    waiting.left = false;
    assertThat(
        refusal(IdentityUnusable.class, desk().authenticatePostQuantum(ALICE)).getMessage(),
        containsString("both keys are kept"));
    assertThat(waiting.used, is(false));
  }

  @Test
  public void whatWasInterruptedBehindTheAtServersYesEndsWithTheNextCall() throws Exception {
    two.world.authenticationKeys.put("@alice", waiting.key.publicKey());
    waiting.left = true;
    get(desk().authenticatePostQuantum(ALICE));
    assertThat(waiting.used, is(true));
    assertThat(verbs(), is(List.of("from", "pkam")));
  }

  @Test
  public void whatWasInterruptedBeforeItIsIntroducedByTheOldKey() throws Exception {
    waiting.left = true;
    get(desk().authenticatePostQuantum(ALICE));
    assertThat(waiting.used, is(true));
    assertThat(verbs(), is(List.of("from", "pkam", "from", "pkam", "enroll", "from", "pkam")));
  }
}
