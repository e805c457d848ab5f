package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.FirstKeys;
import org.noports.api.identity.Identity;
import org.noports.api.identity.PendingKeys;

public class KeyEnrollmentTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final byte[] MESSAGE = "challenge".getBytes(StandardCharsets.UTF_8);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final KeyFolderIdentities first = new KeyFolderIdentities();
  private final KeyFolderIdentities second = new KeyFolderIdentities();
  private Path secondFile;
  private Identity primary;

  @Before
  public void anAtSignThatWasOnboarded() throws Exception {
    Path folder = temporary.newFolder("first").toPath();
    first.configure(KeyFolderIdentitiesTest.folders(folder.toString()));
    second.configure(KeyFolderIdentitiesTest.folders(temporary.newFolder("second").toString()));
    secondFile = second.keyFile(ALICE);
    try (FirstKeys keys = first.cutFirst(ALICE)) {
      primary = keys.file(Optional.of("id-1"), first.keyFile(ALICE));
      assertThat(primary.encryptionPublicKey(), is(keys.encryptionPublicKey()));
    }
  }

  @Test
  public void theFirstKeysAreFiledWithTheirEnrollment() throws Exception {
    Identity read = first.identity(ALICE);
    assertThat(read.enrollmentId(), is(Optional.of("id-1")));
    assertThat(read.fingerprint(), is(primary.fingerprint()));
    assertThat(Files.readString(first.keyFile(ALICE)), containsString("\"apkamSymmetricKey\":"));
  }

  @Test
  public void anApprovalMakesASecondKeyFileOfTheSameAtSignWithItsOwnAuthenticationKey()
      throws Exception {
    try (PendingKeys pending = second.cutPending(ALICE, primary.encryptionPublicKey())) {
      assertThat(first.fingerprintOf(pending.wrappedSymmetricKey()), is(pending.fingerprint()));
      ConveyedKeys conveyed = first.convey(ALICE, pending.wrappedSymmetricKey());
      pending.file("id-2", conveyed, secondFile);
      Identity enrolled = second.identity(ALICE);
      assertThat(enrolled.enrollmentId(), is(Optional.of("id-2")));
      assertThat(enrolled.fingerprint(), is(primary.fingerprint()));
      assertThat(enrolled.signAsEncryption(MESSAGE), is(primary.signAsEncryption(MESSAGE)));
      assertThat(enrolled.signAsAuthentication(MESSAGE), is(pending.signAsAuthentication(MESSAGE)));
      assertThat(enrolled.authenticationPublicKey(), not(is(primary.authenticationPublicKey())));
    }
  }

  @Test
  public void neitherConveyedKeyTellsTheAtServerAnythingOfTheOther() throws Exception {
    try (PendingKeys pending = second.cutPending(ALICE, primary.encryptionPublicKey())) {
      ConveyedKeys conveyed = first.convey(ALICE, pending.wrappedSymmetricKey());
      assertThat(conveyed.encryptionPrivateKey().iv(), not(is(conveyed.selfEncryptionKey().iv())));
    }
  }

  @Test
  public void whatAnotherApprovalBroughtDoesNotOpen() throws Exception {
    try (PendingKeys pending = second.cutPending(ALICE, primary.encryptionPublicKey());
        PendingKeys other = second.cutPending(ALICE, primary.encryptionPublicKey())) {
      ConveyedKeys conveyed = first.convey(ALICE, other.wrappedSymmetricKey());
      assertThat(
          assertThrows(IdentityUnusable.class, () -> pending.file("id-2", conveyed, secondFile))
              .getMessage(),
          containsString("do not open"));
      assertThat(Files.exists(secondFile), is(false));
    }
  }

  @Test
  public void aKeyThatWasNotWrappedForUsIsRefused() throws Exception {
    try (FirstKeys bob = second.cutFirst(AtSign.of("@bob"));
        PendingKeys pending = second.cutPending(ALICE, bob.encryptionPublicKey())) {
      assertThrows(
          IdentityUnusable.class, () -> first.convey(ALICE, pending.wrappedSymmetricKey()));
    }
    assertThrows(IdentityUnusable.class, () -> first.convey(ALICE, "!!"));
    assertThrows(IdentityUnusable.class, () -> second.cutPending(ALICE, "AAAA"));
  }

  @Test
  public void aWrappedTextThatIsNoKeyIsRefused() throws Exception {
    byte[] wrapped = ForeignKeyFile.wrap(primary.encryptionPublicKey(), MESSAGE);
    assertThat(
        assertThrows(
                IdentityUnusable.class,
                () -> first.convey(ALICE, Base64.getEncoder().encodeToString(wrapped)))
            .getMessage(),
        containsString("no symmetric key"));
  }
}
