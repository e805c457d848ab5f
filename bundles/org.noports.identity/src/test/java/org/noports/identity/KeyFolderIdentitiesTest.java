package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.Assert.assertThrows;
import static org.noports.identity.ForeignKeyFile.ENCRYPTION;
import static org.noports.identity.ForeignKeyFile.PKAM;
import static org.noports.identity.ForeignKeyFile.base64;
import static org.noports.identity.ForeignKeyFile.fiveFields;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.health.Health;
import org.noports.api.identity.Identity;

public class KeyFolderIdentitiesTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final byte[] MESSAGE = "_id@alice:proof".getBytes(StandardCharsets.UTF_8);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final KeyFolderIdentities identities = new KeyFolderIdentities();
  private Path first;
  private Path second;

  @Before
  public void twoFolders() throws IOException {
    first = temporary.newFolder("first").toPath();
    second = temporary.newFolder("second").toPath();
    identities.configure(folders(first + ", " + second));
  }

  @Test
  public void aFileOfFiveFieldsSignsAndUnwraps() throws Exception {
    write(first, fiveFields());
    Identity alice = identities.identity(ALICE);
    assertThat(alice.atSign(), is(ALICE));
    assertThat(alice.enrollmentId(), is(Optional.empty()));
    assertThat(alice.encryptionPublicKey(), is(base64(ENCRYPTION.getPublic().getEncoded())));
    assertThat(alice.authenticationPublicKey(), is(base64(PKAM.getPublic().getEncoded())));
    assertThat(verifies(PKAM.getPublic(), alice.signAsAuthentication(MESSAGE)), is(true));
    assertThat(verifies(ENCRYPTION.getPublic(), alice.signAsEncryption(MESSAGE)), is(true));
    assertThat(alice.unwrap(wrap(ENCRYPTION.getPublic(), MESSAGE)), is(MESSAGE));
  }

  @Test
  public void aFileOfAnEnrollmentTellsItsId() throws Exception {
    write(
        first,
        fiveFields()
            .with("@alice", fiveFields().fields.get("selfEncryptionKey"))
            .with("apkamSymmetricKey", base64(new byte[32]))
            .with("enrollmentId", "8b0c-11"));
    assertThat(identities.identity(ALICE).enrollmentId(), is(Optional.of("8b0c-11")));
  }

  @Test
  public void whatWasWrappedForAnotherKeyIsRefusedByName() throws Exception {
    write(first, fiveFields());
    Identity alice = identities.identity(ALICE);
    byte[] wrapped = wrap(PKAM.getPublic(), MESSAGE);
    assertThat(
        assertThrows(IdentityUnusable.class, () -> alice.unwrap(wrapped)).getMessage(),
        containsString("not encrypted for the key"));
  }

  @Test
  public void aMissingFileIsNamedWithThePlaceWhereItBelongs() {
    assertThat(refusal(), containsString(first.resolve("@alice_key.atKeys").toString()));
    assertThat(refusal(), containsString("noports:keys-cut"));
    assertThat(identities.check().status(), is(Health.Status.DEGRADED));
  }

  @Test
  public void textThatIsNotJsonIsNamed() throws IOException {
    raw("no json, selfEncryptionKey=hunter2".getBytes(StandardCharsets.UTF_8));
    assertThat(refusal(), containsString("JSON"));
    assertThat(refusal(), not(containsString("hunter2")));
  }

  @Test
  public void bytesThatAreNotTextAreNamed() throws IOException {
    raw(new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(refusal(), containsString("@alice_key.atKeys"));
  }

  @Test
  public void aHugeFileIsNotReadAtAll() throws IOException {
    raw(new byte[1_100_000]);
    assertThat(refusal(), containsString("too large"));
  }

  @Test
  public void theKeysOfAnotherAtSignAreNamed() throws IOException {
    write(first, fiveFields().with("@bob", fiveFields().fields.get("selfEncryptionKey")));
    assertThat(refusal(), containsString("@bob"));
  }

  @Test
  public void eachMissingFieldIsNamed() throws IOException {
    for (String field : fiveFields().fields.keySet()) {
      write(first, fiveFields().without(field));
      assertThat(refusal(), containsString(field));
    }
  }

  @Test
  public void eachFieldThatCannotBeDecodedIsNamed() throws IOException {
    for (String field : fiveFields().fields.keySet()) {
      write(first, fiveFields().with(field, "!!! not base64 !!!"));
      assertThat(refusal(), containsString(field));
      assertThat(refusal(), not(containsString("!!!")));
    }
  }

  @Test
  public void aFileWithAWrongSelfKeyIsNamed() throws IOException {
    write(first, fiveFields().with("selfEncryptionKey", base64(new byte[32])));
    assertThat(refusal(), containsString("selfEncryptionKey"));
  }

  @Test
  public void halvesOfDifferentPairsAreNamed() throws IOException {
    ForeignKeyFile mixed = fiveFields();
    write(first, mixed.with("aesPkamPublicKey", mixed.fields.get("aesEncryptPublicKey")));
    assertThat(refusal(), containsString("not of one pair"));
  }

  @Test
  public void aFileIsReadOnceAndAgainWhenItHasChanged() throws Exception {
    write(first, fiveFields());
    Identity before = identities.identity(ALICE);
    assertThat(identities.identity(ALICE), sameInstance(before));
    write(first, fiveFields().with("enrollmentId", "now-enrolled"));
    assertThat(identities.identity(ALICE).enrollmentId(), is(Optional.of("now-enrolled")));
  }

  @Test
  public void aFileThatWasMendedIsUsableAgain() throws Exception {
    raw("{}".getBytes(StandardCharsets.UTF_8));
    refusal();
    write(first, fiveFields());
    assertThat(identities.identity(ALICE).atSign(), is(ALICE));
    assertThat(identities.check().status(), is(Health.Status.OK));
  }

  @Test
  public void aFileThatOthersMayReadIsRefusedWithWhatToRun() throws Exception {
    Path file = write(first, fiveFields());
    for (String mode : List.of("rw-r-----", "rw----r--")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(refusal(), containsString("chmod 600 " + file));
      assertThat(identities.check().status(), is(Health.Status.DEGRADED));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(identities.identity(ALICE).atSign(), is(ALICE));
    assertThat(identities.check().status(), is(Health.Status.OK));
  }

  @Test
  public void aFileIsOursIfItBelongsToUsOrToRoot() {
    assertThat(FileStamp.ours(1000, 1000), is(true));
    assertThat(FileStamp.ours(0, 1000), is(true));
    assertThat(FileStamp.ours(1001, 1000), is(false));
    assertThat(FileStamp.ours(1001, 0), is(false));
  }

  @Test
  public void theFirstFolderThatHasTheFileWins() throws Exception {
    write(second, fiveFields().with("enrollmentId", "of-second"));
    assertThat(identities.identity(ALICE).enrollmentId(), is(Optional.of("of-second")));
    write(first, fiveFields().with("enrollmentId", "of-first"));
    assertThat(identities.identity(ALICE).enrollmentId(), is(Optional.of("of-first")));
  }

  @Test
  public void presentListsAtSignsOfAllFoldersInOrderAndPassesOverOtherFiles() throws IOException {
    Files.writeString(second.resolve("@alice_key.atKeys"), "");
    Files.writeString(first.resolve("@zoe_key.atKeys"), "");
    Files.writeString(first.resolve("@a b_key.atKeys"), "");
    Files.writeString(first.resolve("notes.txt"), "");
    identities.configure(folders(first + "," + second + ",/nonexistent/folder"));
    assertThat(identities.present(), is(List.of(ALICE, AtSign.of("@zoe"))));
  }

  @Test
  public void aLeadingTildeIsTheHomeFolder() {
    String home = System.getProperty("user.home");
    String file = "/.atsign/keys/@alice_key.atKeys";
    identities.configure(folders("~/.atsign/keys"));
    assertThat(identities.keyFile(ALICE).toString(), is(home + file));
    identities.configure(folders("${user.home}/.atsign/keys"));
    assertThat(identities.keyFile(ALICE).toString(), is(home + file));
    identities.configure(folders(" , "));
    assertThat(identities.keyFile(ALICE).toString(), is(home + file));
  }

  @Test
  public void nothingSecretIsPrinted() throws Exception {
    write(first, fiveFields());
    String printed = identities.identity(ALICE).toString();
    assertThat(printed, is("Identity[@alice, " + identities.identity(ALICE).fingerprint() + "]"));
  }

  private String refusal() {
    return assertThrows(IdentityUnusable.class, () -> identities.identity(ALICE)).getMessage();
  }

  private void raw(byte[] bytes) throws IOException {
    Path file = Files.write(first.resolve("@alice_key.atKeys"), bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Replaces the file by another inode, as editors and copy commands do. */
  static Path write(Path folder, ForeignKeyFile content) throws IOException {
    Path file = folder.resolve("@alice_key.atKeys");
    Path fresh = Files.createTempFile(folder, "new", ".part");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(fresh, content.json());
    Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  private static boolean verifies(PublicKey key, byte[] signature) throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(key);
    verifier.update(MESSAGE);
    return verifier.verify(signature);
  }

  private static byte[] wrap(PublicKey key, byte[] clear) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return cipher.doFinal(clear);
  }

  static KeyFolderIdentities.Configuration folders(String list) {
    return configured(list, "");
  }

  static KeyFolderIdentities.Configuration configured(String list, String passphrases) {
    return configured(list, passphrases, false);
  }

  static KeyFolderIdentities.Configuration configured(
      String list, String passphrases, boolean listed) {
    return new KeyFolderIdentities.Configuration() {
      @Override
      public String folders() {
        return list;
      }

      @Override
      public String passphrases() {
        return passphrases;
      }

      @Override
      public String pins() {
        return "";
      }

      @Override
      public boolean signingKeyList() {
        return listed;
      }

      @Override
      public Class<? extends Annotation> annotationType() {
        return KeyFolderIdentities.Configuration.class;
      }
    };
  }
}
