package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;
import static org.noports.identity.ForeignKeyFile.fiveFields;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.identity.Identity;
import org.noports.api.identity.PendingAuthentication;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.atkeys.AtKeysFile;
import org.noports.protocol.atkeys.TypedKeys;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.relay.SigningKeyRecord;

public class SigningKeysTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final byte[] MESSAGE = "hello".getBytes(StandardCharsets.UTF_8);
  private static final String PHRASE = "correct horse, battery staple";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final KeyFolderIdentities identities = new KeyFolderIdentities();
  private final PostQuantumKeyFiles postQuantum = new PostQuantumKeyFiles(identities);
  private Path folder;
  private Path file;

  @Before
  public void aFolder() throws Exception {
    folder = temporary.newFolder("keys").toPath();
    file = folder.resolve("@alice_key.atKeys");
    identities.configure(KeyFolderIdentitiesTest.folders(folder.toString()));
  }

  private static boolean verifies(SigningKey key, byte[] signature) {
    byte[] open = Base64.getDecoder().decode(key.publicKey());
    MLDSASigner verifier = new MLDSASigner();
    verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, open));
    verifier.update(MESSAGE, 0, MESSAGE.length);
    return verifier.verifySignature(signature);
  }

  @Test
  public void everyNewKeyFileHasOneThatIsReadBack() throws Exception {
    SigningKey cut = new RsaKeyCutter().cut(ALICE, file).signingKey().orElseThrow();
    Identity read = identities.identity(ALICE);
    SigningKey again = read.signingKey().orElseThrow();
    assertThat(again.fingerprint(), is(cut.fingerprint()));
    assertThat(verifies(cut, again.sign(MESSAGE)), is(true));
    assertThat(again.sign(MESSAGE), is(not(again.sign(MESSAGE))));
    assertThat(read.authenticationKey(), is(Optional.empty()));
    assertThat(read.fingerprint(), is(not(again.fingerprint())));
  }

  @Test
  public void aFileStaysOneThatProgramsReadByItsFlatFields() throws Exception {
    new RsaKeyCutter().cut(ALICE, file);
    JsonObject json = JsonObject.parse("key file", Files.readString(file));
    assertThat(json.has("version"), is(false));
    assertThat(json.requireText("atsign"), is("@alice"));
    JsonObject key = (JsonObject) json.array("atsignKeys").orElseThrow().items().get(0);
    assertThat(key.requireText("keyId"), is("sign:mldsa65:1"));
    JsonObject secret = (JsonObject) key.array("material").orElseThrow().items().get(0);
    assertThat(secret.requireText("role"), is("privateSigning"));
    assertThat(secret.requireText("bytes").length(), is(5376));
  }

  @Test
  public void anOlderFileGetsOneAndLosesNothing() throws Exception {
    KeyFolderIdentitiesTest.write(folder, fiveFields().with("later", "kept as it is"));
    String before = Files.readString(file);
    assertThat(identities.identity(ALICE).signingKey(), is(Optional.empty()));
    SigningKey added = postQuantum.addSigningKey(ALICE).signingKey().orElseThrow();
    assertThat(verifies(added, added.sign(MESSAGE)), is(true));
    JsonObject now = JsonObject.parse("key file", Files.readString(file));
    JsonObject then = JsonObject.parse("key file", before);
    then.fields().forEach((name, value) -> assertThat(name, now.fields().get(name), is(value)));
    assertThat(
        assertThrows(IdentityUnusable.class, () -> postQuantum.addSigningKey(ALICE)).getMessage(),
        containsString("already"));
  }

  @Test
  public void aLockedFileStaysLockedWithTheSamePassphrase() throws Exception {
    KeyFolderIdentitiesTest.write(folder, fiveFields());
    try (Secret none = Secret.owning(new byte[0]);
        Secret phrase = Secret.owning(PHRASE.getBytes(StandardCharsets.UTF_8))) {
      identities.protect(ALICE, none, phrase);
      postQuantum.addSigningKey(ALICE);
      assertThat(identities.locked(ALICE), is(true));
      assertThat(Files.readString(file), not(containsString("mldsa65")));
      identities.unlock(ALICE, phrase);
      assertThat(identities.identity(ALICE).signingKey().isPresent(), is(true));
    }
  }

  @Test
  public void theEnrollmentWithAPairToAuthenticateIsTheOneInUse() throws Exception {
    MlDsaPair live = MlDsaPair.cut();
    write(typed(TypedKeys.AUTHENTICATION, live, Optional.of("live-1")), "old-1");
    Identity alice = identities.identity(ALICE);
    assertThat(alice.enrollmentId(), is(Optional.of("live-1")));
    SigningKey key = alice.authenticationKey().orElseThrow();
    assertThat(key.publicKey(), is(live.publicKey()));
    assertThat(verifies(key, key.sign(MESSAGE)), is(true));
    assertThat(alice.signingKey(), is(Optional.empty()));
    postQuantum.addSigningKey(ALICE);
    assertThat(identities.identity(ALICE).signingKey().isPresent(), is(true));
    assertThat(identities.identity(ALICE).enrollmentId(), is(Optional.of("live-1")));
  }

  @Test
  public void anotherEnrollmentsKeyIsNotOurs() throws Exception {
    write(typed(TypedKeys.SIGNING, MlDsaPair.cut(), Optional.of("other-1")), "ours-1");
    assertThat(identities.identity(ALICE).signingKey(), is(Optional.empty()));
    write(typed(TypedKeys.SIGNING, MlDsaPair.cut(), Optional.of("ours-1")), "ours-1");
    assertThat(identities.identity(ALICE).signingKey().isPresent(), is(true));
  }

  @Test
  public void aKeyToAuthenticateWithWaitsInTheFileUntilItIsUsed() throws Exception {
    write(typed(TypedKeys.SIGNING, MlDsaPair.cut(), Optional.of("ours-1")), "ours-1");
    PendingAuthentication pending = postQuantum.pendingAuthentication(ALICE);
    assertThat(pending.enrollmentId(), is("ours-1"));
    assertThat(pending.resumed(), is(false));
    assertThat(identities.identity(ALICE).authenticationKey(), is(Optional.empty()));
    PendingAuthentication again = postQuantum.pendingAuthentication(ALICE);
    assertThat(again.resumed(), is(true));
    assertThat(again.key().publicKey(), is(pending.key().publicKey()));
    SigningKey used = again.use().authenticationKey().orElseThrow();
    assertThat(used.publicKey(), is(pending.key().publicKey()));
    assertThat(verifies(used, used.sign(MESSAGE)), is(true));
    Identity read = identities.identity(ALICE);
    assertThat(read.signingKey().isPresent(), is(true));
    assertThat(read.enrollmentId(), is(Optional.of("ours-1")));
    assertThat(
        assertThrows(IdentityUnusable.class, () -> postQuantum.pendingAuthentication(ALICE))
            .getMessage(),
        containsString("already"));
  }

  @Test
  public void firstKeysHaveNoEnrollmentThatCouldChangeItsKey() throws Exception {
    new RsaKeyCutter().cut(ALICE, file);
    String before = Files.readString(file);
    assertThat(
        assertThrows(IdentityUnusable.class, () -> postQuantum.pendingAuthentication(ALICE))
            .getMessage(),
        containsString("enroll-request"));
    assertThat(Files.readString(file), is(before));
  }

  @Test
  public void halvesOfTwoPairsAreRefusedByName() throws Exception {
    MlDsaPair one = MlDsaPair.cut();
    String text = typed(TypedKeys.SIGNING, one, Optional.empty());
    write(text.replace(one.publicKey(), MlDsaPair.cut().publicKey()), "");
    assertThat(
        assertThrows(IdentityUnusable.class, () -> identities.identity(ALICE)).getMessage(),
        containsString("not of one pair"));
  }

  @Test
  public void aListOfSigningKeysIsPublishedOnlyWhereItIsAskedFor() throws Exception {
    Identity cut = new RsaKeyCutter().cut(ALICE, file);
    Identity bare = identities.identity(ALICE);
    assertThat(bare.signingKeyRecord(), is(cut.authenticationPublicKey()));
    assertThat(bare.answersChallenges(), is(true));
    identities.configure(KeyFolderIdentitiesTest.configured(folder.toString(), "", true));
    Identity listed = identities.identity(ALICE);
    assertThat(listed.signingKeyRecord(), startsWith("{\"v\":1,\"keys\":[{\"kid\":\""));
    assertThat(listed.answersChallenges(), is(false));
    String kid = SigningKeyRecord.kid(cut.signingKey().orElseThrow().publicKey());
    assertThat(
        SigningKeyRecord.parse(listed.signingKeyRecord())
            .find(SigningKeyRecord.ML_DSA, Optional.of(kid))
            .text(),
        is(cut.signingKey().orElseThrow().publicKey()));
  }

  private static String typed(TypedKeys.Role role, MlDsaPair pair, Optional<String> enrollment)
      throws Exception {
    try (TypedKeys.Pair stored = pair.stored(enrollment)) {
      return TypedKeys.with(
              JsonObject.builder().build(), ALICE, role, "mldsa65", stored, Instant.EPOCH)
          .toJson();
    }
  }

  /** A file with these typed keys; enrolled unless {@code enrollment} is empty. */
  private void write(String typed, String enrollment) throws Exception {
    KeyFolderIdentitiesTest.write(folder, fiveFields());
    try (AtKeysFile keys = AtKeysFile.parse(Files.readString(file))) {
      JsonObject.Builder fields = JsonObject.parse("typed", typed).toBuilder();
      if (!enrollment.isEmpty()) {
        fields.put("enrollmentId", enrollment);
      }
      Files.writeString(file, keys.withUnknown(fields.build()).toText());
    }
  }
}
