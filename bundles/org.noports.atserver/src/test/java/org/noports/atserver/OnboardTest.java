package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.ALICES_KEYS;
import static org.noports.atserver.TwoAtSigns.get;
import static org.noports.atserver.TwoAtSigns.refusal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.ConveyedKeys.Sealed;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.FirstKeys;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyEnrollment;
import org.noports.api.identity.PendingKeys;

/** The order of onboarding, towards atServers that know enrollments and those that do not. */
public class OnboardTest {
  private static final String CRAM =
      "cram:[0-9a-f]{128}"; // hex of SHA-512, docs/protocol/atprotocol.md 3.2

  @Rule public final TwoAtSigns two = new TwoAtSigns();
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private Path file;
  private EnrollmentDesk desk;

  @Before
  public void aNewAtSign() {
    file = temporary.getRoot().toPath().resolve("keys");
    desk = new EnrollmentDesk(two.atServers, new Cutter(), new WaitingKey());
  }

  @Test
  public void anAtServerThatKnowsEnrollmentsGetsTheFirstOne() throws Exception {
    two.world.script =
        line -> {
          if (line.startsWith("enroll:request:")) {
            return Optional.of("data:{\"enrollmentId\":\"id-1\",\"status\":\"approved\"}\n");
          }
          return cram(line);
        };
    get(onboard());
    assertThat(Files.readString(file), is("id-1"));
    List<String> said = said();
    assertThat(
        said.get(2),
        allOf(
            containsString("\"appName\":\"firstApp\""),
            containsString("\"deviceName\":\"firstDevice\""),
            containsString("\"encryptedDefaultEncryptionPrivateKey\":\"cHJpdg==\""),
            containsString("\"encPrivateKeyIV\":\"aXY=\""),
            containsString("\"apkamPublicKey\":\"" + ALICES_KEYS.authenticationPublicKey())));
    assertThat(
        verbs(said), is(List.of("from", "cram", "enroll", "from", "pkam", "update", "delete")));
    assertThat(said.get(said.size() - 1), containsString("delete:privatekey:at_secret"));
  }

  @Test
  public void anAtServerThatKnowsNoneGetsTheKeyInTheOlderWay() throws Exception {
    two.world.script = OnboardTest::cram;
    get(onboard());
    assertThat(Files.readString(file), is("none"));
    List<String> said = said();
    assertThat(
        verbs(said),
        is(List.of("from", "cram", "enroll", "update", "from", "pkam", "update", "delete")));
    assertThat(
        said.get(3),
        containsString(
            "update:privatekey:at_pkam_publickey " + ALICES_KEYS.authenticationPublicKey()));
  }

  @Test
  public void aWrongSecretLeavesNoFileAndSaysWhatItMayBe() throws Exception {
    String message = refusal(IdentityUnusable.class, onboard()).getMessage();
    assertThat(message, containsString("used already"));
    assertThat(Files.exists(file), is(false));
  }

  @Test
  public void whatFailedAfterTheFileWasWrittenEndsWithTheNextCall() throws Exception {
    two.world.script =
        line ->
            line.startsWith("delete:")
                ? Optional.of("error:AT0011-Internal server exception : not now\n")
                : cram(line);
    String message = refusal(AtServerUnavailable.class, onboard()).getMessage();
    assertThat(message, containsString("onboard again"));
    two.world.script = line -> Optional.empty();
    two.world.heard.clear();
    get(onboard());
    assertThat(verbs(said()), is(List.of("from", "pkam", "update", "delete")));
  }

  @Test
  public void theFileIsThereBeforeTheSecretIsForgotten() throws Exception {
    boolean[] there = new boolean[1];
    two.world.script =
        line -> {
          if (line.startsWith("delete:")) {
            there[0] = Files.exists(file);
          }
          return cram(line);
        };
    get(onboard());
    assertThat(there[0], is(true));
    assertThat(said().size(), is(not(lessThan(7))));
  }

  private java.util.concurrent.CompletionStage<Identity> onboard() {
    try (Secret secret = Secret.owning("first secret".getBytes(StandardCharsets.UTF_8))) {
      return desk.onboard(ALICE, secret, file);
    }
  }

  private static Optional<String> cram(String line) {
    return Optional.of("data:success\n").filter(answer -> line.matches(CRAM));
  }

  private List<String> said() {
    return two.world.heard.stream().map(line -> line.substring(line.indexOf("> ") + 2)).toList();
  }

  private static List<String> verbs(List<String> said) {
    return said.stream().map(line -> line.split(":", 2)[0]).toList();
  }

  /** For stories that cut none. */
  static KeyEnrollment noKeys() {
    return new Cutter();
  }

  /** Keys that are the test's own, and a file that tells only the enrollment's id. */
  private static final class Cutter implements KeyEnrollment {
    @Override
    public FirstKeys cutFirst(AtSign atSign) {
      return new FirstKeys() {
        @Override
        public String authenticationPublicKey() {
          return ALICES_KEYS.authenticationPublicKey();
        }

        @Override
        public String encryptionPublicKey() {
          return ALICES_KEYS.encryptionPublicKey();
        }

        @Override
        public ConveyedKeys conveyed() {
          return new ConveyedKeys(
              new Sealed("cHJpdg==", Optional.of("aXY=")),
              new Sealed("c2VsZg==", Optional.empty()));
        }

        @Override
        public Identity file(Optional<String> enrollmentId, Path file) {
          try {
            Files.writeString(file, enrollmentId.orElse("none"));
            return ALICES_KEYS;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }

        @Override
        public void close() {
          // Nothing secret is held.
        }
      };
    }

    @Override
    public PendingKeys cutPending(AtSign atSign, String encryptionPublicKey) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ConveyedKeys convey(AtSign approver, String wrappedSymmetricKey) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Fingerprint fingerprintOf(String wrappedSymmetricKey) {
      throw new UnsupportedOperationException();
    }
  }
}
