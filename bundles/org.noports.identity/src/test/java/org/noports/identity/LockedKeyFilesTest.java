package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;
import static org.noports.identity.ForeignKeyFile.fiveFields;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.health.Health;

public class LockedKeyFilesTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final String PHRASE = "correct horse, battery staple";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final KeyFolderIdentities identities = new KeyFolderIdentities();
  private Path keys;
  private Path passphrases;
  private Path file;

  @Before
  public void oneOpenKeyFile() throws IOException {
    keys = temporary.newFolder("keys").toPath();
    passphrases = temporary.newFolder("passphrases").toPath();
    identities.configure(KeyFolderIdentitiesTest.folders(keys.toString()));
    file = KeyFolderIdentitiesTest.write(keys, fiveFields().with("later", "kept as it is"));
  }

  @Test
  public void aPassphraseHidesEveryFieldAndNothingIsLostInside() throws Exception {
    String before = Files.readString(file);
    protect("", PHRASE);
    assertThat(identities.locked(ALICE), is(true));
    assertThat(
        Files.readString(file),
        allOf(
            startsWith("{\"v\":1,\"content\":\""),
            containsString("\"hashingAlgoType\":\"argon2id\""),
            containsString("\"kdfParams\":{\"memory\":19456,\"iterations\":2,\"parallelism\":1}"),
            not(containsString("aesPkam"))));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), is("rw-------"));
    expose(PHRASE);
    assertThat(Files.readString(file), is(before));
    assertThat(identities.locked(ALICE), is(false));
  }

  @Test
  public void afterARestartItIsLockedUntilSomebodyTypesThePassphrase() throws Exception {
    protect("", PHRASE);
    assertThat(identities.identity(ALICE).atSign(), is(ALICE));
    KeyFolderIdentities restarted = new KeyFolderIdentities();
    restarted.configure(KeyFolderIdentitiesTest.folders(keys.toString()));
    assertThat(refusal(restarted), containsString("noports:keys-unlock @alice"));
    assertThat(restarted.check().status(), is(Health.Status.DEGRADED));
    try (Secret wrong = secret("correct horse, battery staples")) {
      assertThat(
          assertThrows(IdentityUnusable.class, () -> restarted.unlock(ALICE, wrong)).getMessage(),
          containsString("wrong"));
    }
    try (Secret right = secret(PHRASE)) {
      restarted.unlock(ALICE, right);
    }
    assertThat(restarted.identity(ALICE).atSign(), is(ALICE));
    assertThat(restarted.check().status(), is(Health.Status.OK));
  }

  @Test
  public void thePassphraseMayComeFromAFileOfItsOwner() throws Exception {
    protect("", PHRASE);
    KeyFolderIdentities restarted = new KeyFolderIdentities();
    restarted.configure(
        KeyFolderIdentitiesTest.configured(keys.toString(), passphrases.toString()));
    assertThat(
        refusal(restarted), containsString(passphrases.resolve("@alice.passphrase").toString()));
    Path phrase = Files.writeString(passphrases.resolve("@alice.passphrase"), PHRASE + "\nnote\n");
    Files.setPosixFilePermissions(phrase, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(refusal(restarted), containsString("chmod 600 " + phrase));
    Files.setPosixFilePermissions(phrase, PosixFilePermissions.fromString("r--------"));
    assertThat(restarted.identity(ALICE).atSign(), is(ALICE));
  }

  @Test
  public void aPassphraseIsChangedOnlyByWhoKnowsIt() throws Exception {
    protect("", PHRASE);
    assertThat(
        assertThrows(IdentityUnusable.class, () -> protect("guessed it", "another one"))
            .getMessage(),
        containsString("wrong"));
    protect(PHRASE, "another one");
    assertThrows(IdentityUnusable.class, () -> expose(PHRASE));
    expose("another one");
  }

  @Test
  public void aShortPassphraseIsRefusedAndTheFileStaysOpen() throws Exception {
    assertThat(
        assertThrows(IdentityUnusable.class, () -> protect("", "short")).getMessage(),
        containsString("longer"));
    assertThat(identities.locked(ALICE), is(false));
  }

  @Test
  public void twoFilesUnderOnePassphraseShareNothing() throws Exception {
    protect("", PHRASE);
    String once = Files.readString(file);
    protect(PHRASE, PHRASE);
    assertThat(Files.readString(file).substring(0, 60), not(is(once.substring(0, 60))));
  }

  @Test
  public void whatIsNotWholeIsNotLocked() throws Exception {
    KeyFolderIdentitiesTest.write(keys, fiveFields().without("aesEncryptPrivateKey"));
    assertThat(
        assertThrows(IdentityUnusable.class, () -> protect("", PHRASE)).getMessage(),
        containsString("aesEncryptPrivateKey"));
  }

  private void protect(String current, String fresh) throws IdentityUnusable {
    try (Secret was = secret(current);
        Secret will = secret(fresh)) {
      identities.protect(ALICE, was, will);
    }
  }

  private void expose(String current) throws IdentityUnusable {
    try (Secret was = secret(current)) {
      identities.expose(ALICE, was);
    }
  }

  private static String refusal(KeyFolderIdentities of) {
    return assertThrows(IdentityUnusable.class, () -> of.identity(ALICE)).getMessage();
  }

  private static Secret secret(String text) {
    return Secret.owning(text.getBytes(StandardCharsets.UTF_8));
  }
}
