package org.noports.api.cipher.jca;

import static java.util.Objects.requireNonNull;

import javax.crypto.Cipher;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A record cipher that a JCA provider computes: what {@link RecordCipher} promises, as far as the
 * provider's AEAD keeps it. To be extended by a component that names the algorithm.
 */
@ConsumerType
public abstract class JcaRecordCipher implements RecordCipher {
  private final JcaAead aead;

  protected JcaRecordCipher(JcaAead aead) {
    this.aead = requireNonNull(aead, "aead is null");
  }

  @Override
  public final int keyLength() {
    return aead.keyLength();
  }

  @Override
  public final int nonceLength() {
    return aead.nonceLength();
  }

  @Override
  public final int tagLength() {
    return aead.tagLength();
  }

  @Override
  public final RecordSeal sealing(Secret key) throws CipherUnavailable {
    return new JcaSeal(new JcaEngine(aead, Cipher.ENCRYPT_MODE, key));
  }

  @Override
  public final RecordOpen opening(Secret key) throws CipherUnavailable {
    return new JcaOpen(new JcaEngine(aead, Cipher.DECRYPT_MODE, key));
  }

  @Override
  public final String toString() {
    return aead.transformation();
  }
}
