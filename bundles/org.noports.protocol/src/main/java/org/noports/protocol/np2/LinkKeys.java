package org.noports.protocol.np2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;

/**
 * How a link's keys come from a session's secrets (docs/protocol/np2.md): traffic secrets from the
 * root, keys and IVs from traffic secrets, confirm records from the confirm secrets, and the next
 * root from this one and a fresh secret. Whoever asks wipes what is handed out.
 *
 * @param derivation the suite's
 */
public record LinkKeys(KeyDerivation derivation) {
  private static final String PREFIX = "noports np2 v1 ";

  public LinkKeys {
    requireNonNull(derivation, "derivation is null");
  }

  /** The first traffic secret of one direction of one link of one epoch. */
  public Secret traffic(Secret root, byte[] transcript, LinkPreface link, boolean fromClient)
      throws CipherUnavailable {
    return of(root, info("link", context(transcript, link, fromClient)));
  }

  private static byte[] context(byte[] transcript, LinkPreface link, boolean fromClient) {
    return ByteBuffer.allocate(9 + transcript.length)
        .putInt(link.link())
        .putInt(link.epoch())
        .put((byte) (fromClient ? 'c' : 'd'))
        .put(transcript)
        .array();
  }

  private Secret of(Secret root, byte[] info) throws CipherUnavailable {
    return derivation.expand(root, info, derivation.hashLength());
  }

  /**
   * What is left of a root when a link has taken its traffic secrets: the next exchange needs it,
   * and it opens nothing. Keep it in the root's place.
   */
  public Secret spent(Secret root) throws CipherUnavailable {
    return of(root, info("spent"));
  }

  /** The record cipher's key of a traffic secret. */
  public Secret key(Secret traffic, int length) throws CipherUnavailable {
    return derivation.expand(traffic, info("key"), length);
  }

  /** What the sequence numbers of a traffic secret's records are added to. */
  public byte[] iv(Secret traffic, int length) throws CipherUnavailable {
    try (Secret iv = derivation.expand(traffic, info("iv"), length)) {
      return iv.exposeSecretBytes();
    }
  }

  /** The traffic secret behind this one; this one does not follow from it. */
  public Secret next(Secret traffic) throws CipherUnavailable {
    return of(traffic, info("ratchet"));
  }

  /** The content of the confirm record of the end whose confirm secret it is. */
  public byte[] confirm(Secret confirm, byte[] transcript, LinkPreface link)
      throws CipherUnavailable {
    return derivation.authenticate(confirm, transcript, link.bytes());
  }

  /**
   * The root of the next epoch: whoever knows what is left of this one but not the fresh secret, or
   * the other way round, does not know it.
   *
   * @param root this epoch's, {@link #spent}
   * @param offer content of the record that offered
   * @param answer content of the record that answered
   */
  public Secret nextRoot(Secret root, Secret fresh, byte[] offer, byte[] answer)
      throws CipherUnavailable {
    byte[] exchange = derivation.hash(length(offer), offer, length(answer), answer);
    byte[] salt = root.exposeSecretBytes();
    try (Secret prk = derivation.extract(salt, fresh)) {
      return of(prk, info("root", exchange));
    } finally {
      Arrays.fill(salt, (byte) 0);
    }
  }

  /**
   * With what one direction proves what it says in {@link RecordType#LEAVE} records.
   *
   * @param root this epoch's, {@link #spent}: no record cipher ever had anything of it
   */
  public Secret leaving(Secret root, byte[] transcript, LinkPreface link, boolean fromClient)
      throws CipherUnavailable {
    return of(root, info("leave", context(transcript, link, fromClient)));
  }

  /**
   * The MAC behind the content of a {@link RecordType#LEAVE} record. Compare in constant time.
   *
   * @param offer content of the offer that it answers; empty for an offer
   */
  public byte[] proof(Secret leaving, byte[] offer, byte[] content) throws CipherUnavailable {
    return derivation.authenticate(leaving, length(offer), offer, content);
  }

  private static byte[] length(byte[] part) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array();
  }

  private static byte[] info(String label, byte... context) {
    byte[] text = (PREFIX + label).getBytes(US_ASCII);
    return ByteBuffer.allocate(text.length + 1 + context.length)
        .put(text)
        .put((byte) 0)
        .put(context)
        .array();
  }
}
