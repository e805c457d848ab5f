package org.noports.cipher.catalogue.guard;

import java.util.Arrays;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;

/** A key derivation that a third party wrote. */
final class GuardedKeyDerivation implements KeyDerivation {
  private static final int LEAST_HASH = 32;
  private static final int MOST_HASH = 64;

  /** RFC 5869 2.3. */
  private static final int MOST_HASHES = 255;

  private final Guard guard;
  private final KeyDerivation plugIn;
  private final int hashLength;

  GuardedKeyDerivation(Guard guard, KeyDerivation plugIn)
      throws CipherUnavailable, ProtocolViolation {
    this.guard = guard;
    this.plugIn = plugIn;
    int said = guard.call("Its lengths", plugIn::hashLength);
    hashLength = Lengths.check(guard, "It has a hash", said, LEAST_HASH, MOST_HASH);
  }

  @Override
  public int hashLength() {
    return hashLength;
  }

  @Override
  public byte[] hash(byte[]... parts) throws CipherUnavailable {
    return bytes("hash", () -> plugIn.hash(copy(parts)));
  }

  @Override
  public Secret extract(byte[] salt, Secret keyMaterial) throws CipherUnavailable {
    try (Secret copy = copy(keyMaterial)) {
      return secret("extract", hashLength, () -> plugIn.extract(salt.clone(), copy));
    }
  }

  @Override
  public Secret expand(Secret pseudoRandomKey, byte[] info, int length) throws CipherUnavailable {
    if (length < 0 || length > MOST_HASHES * hashLength) {
      throw new IllegalArgumentException(
          "At most " + MOST_HASHES * hashLength + " bytes can be derived, not " + length);
    }
    try (Secret copy = copy(pseudoRandomKey)) {
      return secret("expand", length, () -> plugIn.expand(copy, info.clone(), length));
    }
  }

  @Override
  public byte[] authenticate(Secret key, byte[]... parts) throws CipherUnavailable {
    try (Secret copy = copy(key)) {
      return bytes("authenticate", () -> plugIn.authenticate(copy, copy(parts)));
    }
  }

  private byte[] bytes(String what, Guard.Call<byte[]> call) throws CipherUnavailable {
    try {
      byte[] made = guard.call(what, () -> call.run().clone());
      return Lengths.exactly(guard, what, made, hashLength);
    } catch (ProtocolViolation e) {
      throw new CipherUnavailable(e.getMessage(), e);
    }
  }

  private Secret secret(String what, int length, Guard.Call<Secret> call) throws CipherUnavailable {
    try {
      Secret made = guard.call(what, () -> Arguments.taken(call.run()));
      if (made.length() != length) {
        throw wrong(what, made, length);
      }
      return made;
    } catch (ProtocolViolation e) {
      throw new CipherUnavailable(e.getMessage(), e);
    }
  }

  private CipherMisbehaved wrong(String what, Secret made, int length) {
    made.close();
    return guard.misbehaved(what + " gave " + made.length() + " bytes instead of " + length);
  }

  private static Secret copy(Secret secret) {
    return Secret.owning(secret.exposeSecretBytes());
  }

  private static byte[][] copy(byte[]... parts) {
    return Arrays.stream(parts).map(byte[]::clone).toArray(byte[][]::new);
  }
}
