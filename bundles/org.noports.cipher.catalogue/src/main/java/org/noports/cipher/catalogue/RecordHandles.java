package org.noports.cipher.catalogue;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.AlgorithmHandle;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.Held;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;

/**
 * The {@link Handles} of NP2's algorithms. A seal, an opening or a key share that a plug-in has
 * made is its own and is not wrapped: it goes on when the plug-in leaves.
 */
final class RecordHandles {
  private RecordHandles() {}

  static final class OfRecordCipher implements RecordCipher, AlgorithmHandle<RecordCipher> {
    private final Shelf.Place<RecordCipher> place;
    private volatile int keyLength;
    private volatile int nonceLength;
    private volatile int tagLength;

    OfRecordCipher(Shelf.Place<RecordCipher> place) {
      this.place = place;
      look();
    }

    /**
     * Lengths belong to the algorithm, so they stay known when its plug-in leaves; asked for with
     * each record, so they are looked up once.
     */
    private void look() {
      if (keyLength == 0) {
        place
            .best()
            .ifPresent(
                plugIn -> {
                  tagLength = plugIn.tagLength();
                  nonceLength = plugIn.nonceLength();
                  keyLength = plugIn.keyLength();
                });
      }
    }

    /** 0 if the algorithm has never been present; using it says so by name. */
    @Override
    public int keyLength() {
      look();
      return keyLength;
    }

    /** 0 if the algorithm has never been present; using it says so by name. */
    @Override
    public int nonceLength() {
      look();
      return nonceLength;
    }

    /** 0 if the algorithm has never been present; using it says so by name. */
    @Override
    public int tagLength() {
      look();
      return tagLength;
    }

    @Override
    public RecordSeal sealing(Secret key) throws CipherUnavailable {
      return place.plugIn().sealing(key);
    }

    @Override
    public RecordOpen opening(Secret key) throws CipherUnavailable {
      return place.plugIn().opening(key);
    }

    @Override
    public Held<RecordCipher> held() throws CipherUnavailable {
      return place.held();
    }

    @Override
    public String toString() {
      return place.algorithm();
    }
  }

  record OfKeyAgreement(Shelf.Place<KeyAgreement> place)
      implements KeyAgreement, AlgorithmHandle<KeyAgreement> {
    @Override
    public KeyShare generate() throws CipherUnavailable {
      return place.plugIn().generate();
    }

    @Override
    public KeyShare restore(Secret seed) throws CipherUnavailable {
      return place.plugIn().restore(seed);
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) throws CipherUnavailable, ProtocolViolation {
      return place.plugIn().encapsulate(publicKey);
    }

    @Override
    public Held<KeyAgreement> held() throws CipherUnavailable {
      return place.held();
    }

    @Override
    public String toString() {
      return place.algorithm();
    }
  }

  static final class OfKeyDerivation implements KeyDerivation, AlgorithmHandle<KeyDerivation> {
    private final Shelf.Place<KeyDerivation> place;
    private volatile int hashLength;

    OfKeyDerivation(Shelf.Place<KeyDerivation> place) {
      this.place = place;
      look();
    }

    private void look() {
      if (hashLength == 0) {
        place.best().ifPresent(plugIn -> hashLength = plugIn.hashLength());
      }
    }

    /** 0 if the algorithm has never been present; using it says so by name. */
    @Override
    public int hashLength() {
      look();
      return hashLength;
    }

    @Override
    public byte[] hash(byte[]... parts) throws CipherUnavailable {
      return place.plugIn().hash(parts);
    }

    @Override
    public Secret extract(byte[] salt, Secret keyMaterial) throws CipherUnavailable {
      return place.plugIn().extract(salt, keyMaterial);
    }

    @Override
    public Secret expand(Secret pseudoRandomKey, byte[] info, int length) throws CipherUnavailable {
      return place.plugIn().expand(pseudoRandomKey, info, length);
    }

    @Override
    public byte[] authenticate(Secret key, byte[]... parts) throws CipherUnavailable {
      return place.plugIn().authenticate(key, parts);
    }

    @Override
    public Held<KeyDerivation> held() throws CipherUnavailable {
      return place.held();
    }

    @Override
    public String toString() {
      return place.algorithm();
    }
  }
}
