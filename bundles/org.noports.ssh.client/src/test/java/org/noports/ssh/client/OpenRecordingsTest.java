package org.noports.ssh.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.StoreFailed;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.RecordSeal;
import org.noports.protocol.recording.RecordingForm;

public class OpenRecordingsTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final CipherCatalogue ciphers = RecordingCiphers.catalogue();
  private final OpenRecordings recordings = new OpenRecordings();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Path key;
  private Path file;

  @Before
  public void makeKey() throws Exception {
    recordings.bindCiphers(ciphers);
    recordings.bindSecrets(
        (what, from) -> Secret.owning(readLine(from).getBytes(StandardCharsets.US_ASCII)));
    key = folder.getRoot().toPath().resolve("auditor");
    file = folder.getRoot().toPath().resolve("recording");
    recordings.makeKey(key);
  }

  private static String readLine(Path from) {
    try {
      return Files.readString(from).strip();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** As a device writes it. */
  private byte[] sealed(boolean ended, String... pieces) throws Exception {
    String[] words = Files.readString(Path.of(key + ".pub")).strip().split(" ");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(bytes);
    try (Encapsulation made =
        ciphers.keyAgreement(words[0]).encapsulate(Base64.getDecoder().decode(words[1]))) {
      RecordingForm form = new RecordingForm(words[0], made.bytes());
      to.write(form.toBytes());
      try (Secret secret = form.key(ciphers.keyDerivation("sha256"), made.secret(), 32);
          RecordSeal seal = ciphers.recordCipher("aes256gcm").sealing(secret)) {
        for (int i = 0; i < pieces.length; i++) {
          ByteBuffer piece = ByteBuffer.allocate(pieces[i].length() + 16);
          seal.seal(
              RecordingForm.nonce(i, ended && i == pieces.length - 1),
              ByteBuffer.allocate(0),
              ByteBuffer.wrap(pieces[i].getBytes()),
              piece);
          to.writeInt(piece.position());
          to.write(piece.array());
        }
      }
    }
    return bytes.toByteArray();
  }

  private boolean open(byte[] recording) throws Exception {
    Files.write(file, recording);
    out.reset();
    return recordings.open(file, key, out);
  }

  @Test
  public void aWholeOneIsOpenedWhole() throws Exception {
    assertTrue(open(sealed(true, "one\n", "two\n", "")));
    assertEquals("one\ntwo\n", out.toString());
  }

  @Test
  public void oneThatWasCutShortIsOpenedAsFarAsItGoes() throws Exception {
    byte[] all = sealed(false, "one\n", "two\n");
    assertFalse(open(all));
    assertEquals("one\ntwo\n", out.toString());
    assertFalse(open(Arrays.copyOf(all, all.length - 1)));
    assertEquals("one\n", out.toString());
  }

  @Test
  public void anyChangeIsFound() throws Exception {
    byte[] all = sealed(true, "one\n", "two\n");
    for (int at : new int[] {all.length - 1, all.length - 30, 100, 3}) {
      byte[] changed = all.clone();
      changed[at] ^= 1;
      assertThrows("at " + at, ProtocolViolation.class, () -> open(changed));
    }
    assertThrows(ProtocolViolation.class, () -> open(Arrays.copyOf(all, all.length + 20)));
  }

  @Test
  public void anotherKeyOpensNothing() throws Exception {
    byte[] all = sealed(true, "one\n");
    key = folder.getRoot().toPath().resolve("another");
    recordings.makeKey(key);
    ProtocolViolation failure = assertThrows(ProtocolViolation.class, () -> open(all));
    assertTrue(failure.getMessage(), failure.getMessage().contains("another key"));
    assertEquals("", out.toString());
  }

  @Test
  public void aKeyIsItsOwnersAloneAndNeverWrittenOver() throws Exception {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    String before = Files.readString(key);
    assertThrows(StoreFailed.class, () -> recordings.makeKey(key));
    assertEquals(before, Files.readString(key));
  }
}
