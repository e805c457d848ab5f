package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Identity;

public class RsaKeyCutterTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final byte[] MESSAGE = "hello".getBytes(StandardCharsets.UTF_8);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final RsaKeyCutter cutter = new RsaKeyCutter();

  @Test
  public void whatWasCutIsReadBack() throws Exception {
    Path folder = temporary.getRoot().toPath().resolve("made/by/cutter");
    Path file = folder.resolve("@alice_key.atKeys");
    Identity cut = cutter.cut(ALICE, file);
    KeyFolderIdentities identities = new KeyFolderIdentities();
    identities.configure(KeyFolderIdentitiesTest.folders(folder.toString()));
    Identity read = identities.identity(ALICE);
    assertThat(read.fingerprint(), is(cut.fingerprint()));
    assertThat(read.authenticationPublicKey(), is(cut.authenticationPublicKey()));
    assertThat(read.signAsEncryption(MESSAGE), is(cut.signAsEncryption(MESSAGE)));
    assertThat(
        verifies(read.authenticationPublicKey(), cut.signAsAuthentication(MESSAGE)), is(true));
    assertThat(identities.check().message(), containsString(folder.toString()));
  }

  @Test
  public void theFileIsItsOwnersAloneAndHasTheFieldsThatOtherProgramsExpect() throws Exception {
    Path file = temporary.getRoot().toPath().resolve("@alice_key.atKeys");
    cutter.cut(ALICE, file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), is("rw-------"));
    String text = Files.readString(file);
    for (String field : ForeignKeyFile.fiveFields().fields.keySet()) {
      assertThat(text, containsString("\"" + field + "\":"));
    }
    assertThat(text, containsString("\"@alice\":"));
    try (var files = Files.list(file.getParent())) {
      assertThat("nothing else is left behind", files.count(), is(1L));
    }
  }

  @Test
  public void anExistingFileIsNeverOverwritten() throws Exception {
    Path file = temporary.newFile("@alice_key.atKeys").toPath();
    Files.writeString(file, "precious");
    String refusal =
        assertThrows(IdentityUnusable.class, () -> cutter.cut(ALICE, file)).getMessage();
    assertThat(refusal, containsString(file.toString()));
    assertThat(Files.readString(file), is("precious"));
  }

  @Test
  public void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = temporary.newFile("occupied").toPath().resolve("@alice_key.atKeys");
    String refusal =
        assertThrows(IdentityUnusable.class, () -> cutter.cut(ALICE, file)).getMessage();
    assertThat(refusal, containsString(file.toString()));
  }

  @Test
  public void noTwoCutsAreAlike() throws Exception {
    Path root = temporary.getRoot().toPath();
    Identity one = cutter.cut(ALICE, root.resolve("one"));
    Identity two = cutter.cut(ALICE, root.resolve("two"));
    assertThat(one.fingerprint(), not(two.fingerprint()));
    assertThat(one.authenticationPublicKey(), not(one.encryptionPublicKey()));
  }

  private static boolean verifies(String key, byte[] signature) throws Exception {
    byte[] x509 = Base64.getDecoder().decode(key);
    PublicKey open = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(x509));
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(open);
    verifier.update(MESSAGE);
    return verifier.verify(signature);
  }
}
