package org.noports.cipher.catalogue;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.AlgorithmHandle;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.Held;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;

/**
 * What the catalogue hands out: objects that stay, and ask for the best plug-in at each call. What
 * a plug-in has started is its own and is not wrapped: no cost on the data path.
 */
final class Handles {
  private Handles() {}

  static final class OfStreamCipher implements StreamCipher, AlgorithmHandle<StreamCipher> {
    private final Shelf.Place<StreamCipher> place;
    private volatile int keyLength;
    private volatile int ivLength;

    OfStreamCipher(Shelf.Place<StreamCipher> place) {
      this.place = place;
      look();
    }

    /** Lengths belong to the algorithm, so they stay known when its plug-in leaves. */
    private void look() {
      place
          .best()
          .ifPresent(
              plugIn -> {
                keyLength = plugIn.keyLength();
                ivLength = plugIn.ivLength();
              });
    }

    /** 0 if the algorithm has never been present; starting it says so by name. */
    @Override
    public int keyLength() {
      look();
      return keyLength;
    }

    /** 0 if the algorithm has never been present; starting it says so by name. */
    @Override
    public int ivLength() {
      look();
      return ivLength;
    }

    @Override
    public KeyStream start(Secret key, byte[] iv) throws CipherUnavailable {
      return place.plugIn().start(key, iv);
    }

    @Override
    public Held<StreamCipher> held() throws CipherUnavailable {
      return place.held();
    }

    @Override
    public String toString() {
      return place.algorithm();
    }
  }

  record OfKeyTransport(Shelf.Place<KeyTransport> place) implements KeyTransport {
    @Override
    public EphemeralKey generate() throws CipherUnavailable {
      return place.plugIn().generate();
    }

    @Override
    public byte[] wrap(String publicKey, byte[] clear) throws CipherUnavailable, ProtocolViolation {
      return place.plugIn().wrap(publicKey, clear);
    }

    @Override
    public String toString() {
      return place.algorithm();
    }
  }

  record OfSignature(Shelf.Place<SignatureAlgorithm> place) implements SignatureAlgorithm {
    @Override
    public boolean verifies(String publicKey, byte[] message, byte[] signature)
        throws CipherUnavailable {
      return place.plugIn().verifies(publicKey, message, signature);
    }

    @Override
    public String toString() {
      return place.algorithm();
    }
  }
}
