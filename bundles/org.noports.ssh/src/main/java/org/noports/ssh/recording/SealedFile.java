package org.noports.ssh.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordSeal;
import org.noports.protocol.recording.RecordingForm;

/**
 * A file that only the auditor can read. Each piece is on disk when {@link #write} returns, and can
 * be opened without those behind it; the key is gone with the process.
 */
final class SealedFile implements AutoCloseable {
  private final RecordingSettings settings;
  private final Path file;
  private final FileChannel channel;
  private final RecordSeal seal;
  private final int tag;
  private long pieces;
  private long size;

  private SealedFile(
      RecordingSettings settings, Path file, FileChannel channel, RecordSeal seal, int tag) {
    this.settings = settings;
    this.file = file;
    this.channel = channel;
    this.seal = seal;
    this.tag = tag;
  }

  /** Begins one. */
  static SealedFile create(
      RecordingSettings settings, AuditorKey auditor, String name, CipherCatalogue ciphers)
      throws IOException, NoPortsException {
    Path folder = settings.folder();
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    RecordCipher cipher = ciphers.recordCipher(RecordCipher.AES_256_GCM);
    try (Encapsulation made =
        ciphers.keyAgreement(auditor.agreement()).encapsulate(auditor.bytes())) {
      RecordingForm form = new RecordingForm(auditor.agreement(), made.bytes());
      KeyDerivation derivation = ciphers.keyDerivation(KeyDerivation.SHA_256);
      Path file = folder.resolve(name);
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (Secret key = form.key(derivation, made.secret(), cipher.keyLength())) {
        SealedFile sealed =
            new SealedFile(settings, file, channel, cipher.sealing(key), cipher.tagLength());
        sealed.append(ByteBuffer.wrap(form.toBytes()));
        return sealed;
      } catch (IOException | NoPortsException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  /**
   * Seals a piece and forces it to disk.
   *
   * @param last whether nothing comes behind it
   */
  void write(byte[] clear, boolean last) throws IOException {
    ByteBuffer sealed = ByteBuffer.allocate(Integer.BYTES + clear.length + tag);
    sealed.putInt(clear.length + tag);
    seal.seal(
        RecordingForm.nonce(pieces++, last),
        ByteBuffer.allocate(0),
        ByteBuffer.wrap(clear),
        sealed);
    append(sealed.flip());
  }

  private void append(ByteBuffer bytes) throws IOException {
    size += bytes.remaining();
    if (size > settings.mostBytes()) {
      throw new IOException(
          "the recording is as long as maxRecordingBytes = "
              + settings.mostBytes()
              + " lets it be");
    }
    if (Files.getFileStore(file).getUsableSpace() - bytes.remaining() < settings.freeBytes()) {
      throw new IOException(
          "less than recordingFreeBytes = " + settings.freeBytes() + " bytes of the disk are free");
    }
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  @Override
  public void close() {
    seal.close();
    try {
      channel.close();
    } catch (IOException e) {
      // All of it is on disk.
      return;
    }
  }
}
