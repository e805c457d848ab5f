package org.noports.cipher.catalogue.guard;

import java.util.Arrays;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;

/**
 * A key agreement that a third party wrote. Its lengths are what its first exchange showed, which
 * is made before anybody else gets it.
 */
final class GuardedKeyAgreement implements KeyAgreement {
  /** Less than 256 bits would be the weakest part of every suite. */
  private static final int LEAST_SECRET = 32;

  /** An offer carries a share for each agreement, in a notification. */
  private static final int MOST_BYTES = 8192;

  private final Guard guard;
  private final KeyAgreement plugIn;
  private final int shareLength;
  private final int madeLength;
  private final int secretLength;

  GuardedKeyAgreement(Guard guard, KeyAgreement plugIn)
      throws CipherUnavailable, ProtocolViolation {
    this.guard = guard;
    this.plugIn = plugIn;
    int[] said = guard.call("Its first exchange", () -> lengths(plugIn));
    shareLength = Lengths.check(guard, "It has a share", said[0], 1, MOST_BYTES);
    madeLength = Lengths.check(guard, "It has an encapsulation", said[1], 1, MOST_BYTES);
    secretLength = Lengths.check(guard, "It has a secret", said[2], LEAST_SECRET, MOST_BYTES);
  }

  private static int[] lengths(KeyAgreement plugIn) throws CipherUnavailable, ProtocolViolation {
    try (KeyShare share = plugIn.generate();
        Encapsulation made = plugIn.encapsulate(share.publicKey())) {
      return new int[] {share.publicKey().length, made.bytes().length, made.secret().length()};
    }
  }

  @Override
  public KeyShare generate() throws CipherUnavailable {
    return guarded("generate", plugIn::generate);
  }

  @Override
  public KeyShare restore(Secret seed) throws CipherUnavailable {
    try (Secret copy = Secret.owning(seed.exposeSecretBytes())) {
      return guarded("restore", () -> plugIn.restore(copy));
    }
  }

  private KeyShare guarded(String what, Guard.Call<KeyShare> made) throws CipherUnavailable {
    try {
      KeyShare share = guard.call(what, made);
      byte[] publicKey = guard.call("publicKey", () -> share.publicKey().clone());
      return new Share(share, Lengths.exactly(guard, "A share", publicKey, shareLength));
    } catch (ProtocolViolation e) {
      throw new CipherUnavailable(e.getMessage(), e);
    }
  }

  @Override
  public Encapsulation encapsulate(byte[] publicKey) throws CipherUnavailable, ProtocolViolation {
    refuse("share", publicKey, shareLength);
    byte[] copy = publicKey.clone();
    Encapsulation made = guard.call("encapsulate", () -> taken(plugIn.encapsulate(copy)));
    Lengths.exactly(guard, "An encapsulation", made.bytes(), madeLength);
    return new Encapsulation(made.bytes(), check(made.secret()));
  }

  private static Encapsulation taken(Encapsulation made) {
    return new Encapsulation(made.bytes(), Arguments.taken(made.secret()));
  }

  private Secret check(Secret secret) throws CipherMisbehaved {
    byte[] bytes = secret.exposeSecretBytes();
    try {
      Lengths.exactly(guard, "A secret", bytes, secretLength);
      int any = 0;
      for (byte each : bytes) {
        any |= each;
      }
      if (any == 0) {
        throw guard.misbehaved("a secret is all zeros");
      }
      return secret;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void refuse(String what, byte[] bytes, int length) throws ProtocolViolation {
    if (bytes.length != length) {
      throw new ProtocolViolation("A " + what + " has " + length + " bytes, not " + bytes.length);
    }
  }

  private final class Share implements KeyShare {
    private final KeyShare share;
    private final byte[] publicKey;
    private boolean used;

    Share(KeyShare share, byte[] publicKey) {
      this.share = share;
      this.publicKey = publicKey;
    }

    @Override
    public byte[] publicKey() {
      return publicKey.clone();
    }

    @Override
    public Secret open(byte[] encapsulated) throws ProtocolViolation, CipherUnavailable {
      if (used) {
        throw new IllegalStateException("A share opens once");
      }
      used = true;
      try {
        refuse("encapsulation", encapsulated, madeLength);
        byte[] copy = encapsulated.clone();
        return check(guard.call("open", () -> Arguments.taken(share.open(copy))));
      } finally {
        guard.release(share);
      }
    }

    @Override
    public void close() {
      if (!used) {
        used = true;
        guard.release(share);
      }
    }
  }
}
