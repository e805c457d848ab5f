package org.noports.identity;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.protocol.atkeys.AtKeysFile;
import org.noports.protocol.atkeys.TypedKeys;

/**
 * Finds the ML-DSA-65 pairs that are in use among a key file's typed keys (atprotocol.md 6.2). One
 * enrollment is live in a file: the only one with a pair to authenticate with, else the one that
 * the flat field names.
 */
final class PostQuantumReader {
  private final KeyFile file;
  private final AtKeysFile keys;
  private final Optional<String> enrollment;
  private final Optional<MlDsaPair> authentication;

  PostQuantumReader(KeyFile file, AtKeysFile keys) throws IdentityUnusable {
    this.file = file;
    this.keys = keys;
    List<TypedKeys.Pair> live = pairs(TypedKeys.AUTHENTICATION);
    try {
      boolean one = live.size() == 1;
      this.authentication = one ? Optional.of(pair(live.get(0))) : Optional.empty();
      this.enrollment =
          one ? live.get(0).enrollmentId().or(keys::enrollmentId) : keys.enrollmentId();
    } finally {
      live.forEach(TypedKeys.Pair::close);
    }
  }

  /** Under which enrollment the file's keys are used. */
  Optional<String> enrollmentId() {
    return enrollment;
  }

  KeyFileIdentity.PostQuantum keys(boolean listed) throws IdentityUnusable {
    List<TypedKeys.Pair> all = pairs(TypedKeys.SIGNING);
    try {
      Optional<TypedKeys.Pair> ours =
          all.stream().filter(pair -> pair.enrollmentId().equals(enrollment)).findFirst();
      return new KeyFileIdentity.PostQuantum(
          ours.isPresent() ? Optional.of(pair(ours.get())) : Optional.empty(),
          authentication,
          listed);
    } finally {
      all.forEach(TypedKeys.Pair::close);
    }
  }

  private List<TypedKeys.Pair> pairs(TypedKeys.Role role) throws IdentityUnusable {
    try {
      return TypedKeys.find(keys, role, SignatureAlgorithm.ML_DSA_65);
    } catch (ProtocolViolation e) {
      throw file.damaged(e.getMessage(), e);
    }
  }

  private MlDsaPair pair(TypedKeys.Pair stored) throws IdentityUnusable {
    try {
      return MlDsaPair.of(stored);
    } catch (GeneralSecurityException e) {
      throw file.damaged("an ML-DSA-65 key cannot be decoded: " + e.getMessage(), e);
    }
  }
}
