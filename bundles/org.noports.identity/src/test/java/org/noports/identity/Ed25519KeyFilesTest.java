package org.noports.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.SigningKey;

public class Ed25519KeyFilesTest {
  private static final byte[] MESSAGE = "what happened".getBytes(UTF_8);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Ed25519KeyFiles files = new Ed25519KeyFiles();

  private Path file() {
    return folder.getRoot().toPath().resolve("deep/key.pem");
  }

  @Test
  public void aKeyIsMadeOnceAndReadAgain() throws Exception {
    SigningKey made = files.openOrMake(file());
    SigningKey read = new Ed25519KeyFiles().openOrMake(file());
    assertThat(read.publicKey(), is(made.publicKey()));
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file())), is("rw-------"));
  }

  @Test
  public void theJdkVerifiesWhatItSigns() throws Exception {
    SigningKey key = files.openOrMake(file());
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey()))));
    verifier.update(MESSAGE);
    assertThat(verifier.verify(key.sign(MESSAGE)), is(true));
  }

  @Test
  public void theJdkReadsTheFileAndSignsTheSame() throws Exception {
    SigningKey key = files.openOrMake(file());
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(
                new PKCS8EncodedKeySpec(Pem.first("PRIVATE KEY", Files.readAllBytes(file())))));
    signer.update(MESSAGE);
    assertThat(Arrays.equals(signer.sign(), key.sign(MESSAGE)), is(true));
  }

  @Test
  public void aFileWithAnythingElseIsRefusedAndLeftAlone() throws Exception {
    Path letter = folder.newFile("letter").toPath();
    Files.writeString(letter, "Dear Alice");
    Files.setPosixFilePermissions(letter, PosixFilePermissions.fromString("rw-------"));
    IdentityUnusable refused = assertThrows(IdentityUnusable.class, () -> files.openOrMake(letter));
    assertThat(refused.getMessage(), containsString("has no Ed25519 key"));
    assertThat(Files.readString(letter), is("Dear Alice"));
  }

  @Test
  public void aFileThatOthersMayReadIsRefused() throws Exception {
    files.openOrMake(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    IdentityUnusable refused = assertThrows(IdentityUnusable.class, () -> files.openOrMake(file()));
    assertThat(refused.getMessage(), containsString("chmod 600"));
  }
}
