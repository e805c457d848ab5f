package org.noports.ssh.client;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.noports.api.CipherUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.StoreFailed;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.identity.SecretFiles;
import org.noports.api.ssh.Recordings;
import org.noports.protocol.recording.RecordingForm;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Opens what devices have recorded, with an auditor's X-Wing key. */
@Component(service = Recordings.class)
public final class OpenRecordings implements Recordings {
  /** Of an X-Wing key (draft-connolly-cfrg-xwing-kem 5.2). */
  private static final int SEED = 32;

  /** More than any beginning of a recording has. */
  private static final int LONGEST_BEGINNING = 8 * 1024;

  private volatile Optional<CipherCatalogue> catalogue = Optional.empty();
  private volatile Optional<SecretFiles> secrets = Optional.empty();

  @Activate
  public OpenRecordings() {}

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCiphers(CipherCatalogue service) {
    catalogue = Optional.of(service);
  }

  void unbindCiphers(CipherCatalogue service) {
    catalogue = catalogue.filter(bound -> bound != service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindSecrets(SecretFiles service) {
    secrets = Optional.of(service);
  }

  void unbindSecrets(SecretFiles service) {
    secrets = secrets.filter(bound -> bound != service);
  }

  private CipherCatalogue ciphers() throws CipherUnavailable {
    return catalogue.orElseThrow(
        () -> new CipherUnavailable("org.noports.cipher.catalogue is not running here"));
  }

  @Override
  public Path makeKey(Path file) throws NoPortsException {
    byte[] seed = new byte[SEED];
    new SecureRandom().nextBytes(seed);
    byte[] text = Base64.getEncoder().encode(seed);
    Path open = file.resolveSibling(file.getFileName() + ".pub");
    try (Secret secret = Secret.owning(seed);
        KeyShare share = ciphers().keyAgreement(KeyAgreement.X_WING).restore(secret)) {
      if (Files.exists(open)) {
        throw new FileAlreadyExistsException(open.toString());
      }
      write(file, "rw-------", text);
      String shown =
          KeyAgreement.X_WING + " " + Base64.getEncoder().encodeToString(share.publicKey());
      write(open, "rw-r--r--", shown.getBytes(StandardCharsets.US_ASCII));
      return open;
    } catch (FileAlreadyExistsException e) {
      throw new StoreFailed(e.getMessage() + " is there already: a key is never written over", e);
    } catch (IOException e) {
      throw new StoreFailed("The key cannot be written to " + file + ": " + e, e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static void write(Path file, String rights, byte[] line) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights)))) {
      ByteBuffer all = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
      while (all.hasRemaining()) {
        out.write(all);
      }
      Arrays.fill(all.array(), (byte) 0);
      out.force(true);
    }
  }

  @Override
  public boolean open(Path recording, Path key, OutputStream to) throws NoPortsException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(recording))) {
      RecordingForm form = form(file);
      RecordCipher cipher = ciphers().recordCipher(RecordCipher.AES_256_GCM);
      try (Secret secret = secret(form, key, cipher);
          RecordOpen pieces = cipher.opening(secret)) {
        return pieces(new DataInputStream(file), pieces, cipher.tagLength(), to);
      }
    } catch (IOException e) {
      throw new StoreFailed("The recording " + recording + " cannot be read: " + e, e);
    }
  }

  private static RecordingForm form(InputStream file) throws IOException, ProtocolViolation {
    file.mark(LONGEST_BEGINNING);
    ByteBuffer beginning = ByteBuffer.wrap(file.readNBytes(LONGEST_BEGINNING));
    RecordingForm form = RecordingForm.read(beginning);
    file.reset();
    file.skipNBytes(beginning.position());
    return form;
  }

  private Secret secret(RecordingForm form, Path key, RecordCipher cipher) throws NoPortsException {
    KeyAgreement agreement = ciphers().keyAgreement(form.agreement());
    try (Secret seed = seed(key);
        KeyShare share = agreement.restore(seed);
        Secret shared = share.open(form.encapsulated())) {
      return form.key(ciphers().keyDerivation(KeyDerivation.SHA_256), shared, cipher.keyLength());
    }
  }

  private Secret seed(Path key) throws NoPortsException {
    SecretFiles files =
        secrets.orElseThrow(() -> new IdentityUnusable("org.noports.identity is not running here"));
    try (Secret line = files.firstLine("the auditor's key", key)) {
      byte[] text = line.exposeSecretBytes();
      try {
        return Secret.owning(Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException e) {
        // The cause would quote a part of the key.
        throw new IdentityUnusable(key + " is no key of noports recording-key");
      } finally {
        Arrays.fill(text, (byte) 0);
      }
    }
  }

  /** True if the last piece is there; what was lost of a piece is left out. */
  private static boolean pieces(DataInputStream file, RecordOpen pieces, int tag, OutputStream to)
      throws IOException, ProtocolViolation {
    boolean whole = false;
    for (long number = 0; ; number++) {
      byte[] head = file.readNBytes(Integer.BYTES);
      if (head.length < Integer.BYTES) {
        return whole;
      }
      if (whole) {
        throw new ProtocolViolation("There is something behind the recording's last piece");
      }
      int length = ByteBuffer.wrap(head).getInt();
      if (length < tag || length > RecordingForm.LONGEST_PIECE + tag) {
        throw changed(number);
      }
      byte[] sealed = file.readNBytes(length);
      if (sealed.length < length) {
        return false;
      }
      ByteBuffer clear = ByteBuffer.allocate(length - tag);
      whole = open(pieces, number, sealed, clear);
      to.write(clear.array(), 0, clear.position());
      to.flush();
    }
  }

  /** Whether it was the last one. */
  private static boolean open(RecordOpen pieces, long number, byte[] sealed, ByteBuffer clear)
      throws ProtocolViolation {
    for (boolean last : new boolean[] {false, true}) {
      try {
        pieces.open(
            RecordingForm.nonce(number, last),
            ByteBuffer.allocate(0),
            ByteBuffer.wrap(sealed),
            clear.clear());
        return last;
      } catch (ProtocolViolation e) {
        if (last) {
          throw changed(number);
        }
      }
    }
    throw changed(number);
  }

  private static ProtocolViolation changed(long number) {
    return new ProtocolViolation(
        number == 0
            ? "The recording is sealed to another key, or was changed"
            : "The recording was changed at its piece " + (number + 1));
  }
}
