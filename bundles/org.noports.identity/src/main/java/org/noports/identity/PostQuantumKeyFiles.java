package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.identity.Identity;
import org.noports.api.identity.PendingAuthentication;
import org.noports.api.identity.PostQuantumKeys;
import org.noports.protocol.atkeys.AtKeysFile;
import org.noports.protocol.atkeys.TypedKeys;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Adds ML-DSA-65 keys to key files: to sign with, and to authenticate with. */
@Component
public final class PostQuantumKeyFiles implements PostQuantumKeys {
  private static final String ALGORITHM = SignatureAlgorithm.ML_DSA_65;

  private final KeyFolderIdentities identities;

  @Activate
  public PostQuantumKeyFiles(@Reference KeyFolderIdentities identities) {
    this.identities = requireNonNull(identities, "identities is null");
  }

  @Override
  public Identity addSigningKey(AtSign atSign) throws IdentityUnusable {
    KeyFile file = identities.here(atSign);
    Identity before = identities.identity(atSign);
    if (before.signingKey().isPresent()) {
      throw new IdentityUnusable(
          "The key file of "
              + atSign
              + " has an ML-DSA-65 key already: "
              + file.path()
              + "; peers know it by that one, and a key file is never overwritten");
    }
    MlDsaPair fresh = MlDsaPair.cut();
    rewrite(file, unknown -> RewriteTypedKeys.added(unknown, atSign, before.enrollmentId(), fresh));
    IdentityLog.signingKeyAdded(atSign, file.path());
    return identities.identity(atSign);
  }

  private void rewrite(KeyFile file, RewriteTypedKeys.Change change) throws IdentityUnusable {
    RewriteTypedKeys.of(file, () -> identities.passphrase(file), change);
  }

  @Override
  public PendingAuthentication pendingAuthentication(AtSign atSign) throws IdentityUnusable {
    KeyFile file = identities.here(atSign);
    Identity before = identities.identity(atSign);
    String enrollment = before.enrollmentId().orElseThrow(() -> notEnrolled(file));
    if (before.authenticationKey().isPresent()) {
      throw new IdentityUnusable(
          atSign + " authenticates by ML-DSA-65 already, with the key in " + file.path());
    }
    Optional<MlDsaPair> left = waiting(file, enrollment);
    if (left.isEmpty()) {
      keep(file, enrollment, MlDsaPair.cut());
    }
    MlDsaPair kept = waiting(file, enrollment).orElseThrow();
    return new Pending(file, enrollment, kept, left.isPresent());
  }

  /** Read back before anybody is told of it: what is not in the file does not exist. */
  private Optional<MlDsaPair> waiting(KeyFile file, String enrollment) throws IdentityUnusable {
    try (Secret text = file.text(() -> identities.passphrase(file));
        AtKeysFile keys = RewriteTypedKeys.parsed(file, text)) {
      List<TypedKeys.Pair> all = TypedKeys.findPending(keys, TypedKeys.AUTHENTICATION, ALGORITHM);
      try {
        for (TypedKeys.Pair each : all) {
          if (each.enrollmentId().equals(Optional.of(enrollment))) {
            return Optional.of(MlDsaPair.of(each));
          }
        }
        return Optional.empty();
      } finally {
        all.forEach(TypedKeys.Pair::close);
      }
    } catch (ProtocolViolation e) {
      throw file.damaged(e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw file.damaged("an ML-DSA-65 key cannot be decoded: " + e.getMessage(), e);
    }
  }

  private void keep(KeyFile file, String enrollment, MlDsaPair fresh) throws IdentityUnusable {
    try (TypedKeys.Pair stored = fresh.stored(Optional.of(enrollment))) {
      rewrite(
          file,
          unknown ->
              TypedKeys.withPending(
                  unknown,
                  file.atSign(),
                  TypedKeys.AUTHENTICATION,
                  ALGORITHM,
                  stored,
                  Instant.now()));
    }
  }

  private static IdentityUnusable notEnrolled(KeyFile file) {
    return new IdentityUnusable(
        "The keys in "
            + file.path()
            + " are "
            + file.atSign()
            + "'s first ones and of no enrollment: an atServer takes no other kind for them; let"
            + " this program have keys of its own (noports:enroll-request)");
  }

  private final class Pending implements PendingAuthentication {
    private final KeyFile file;
    private final String enrollment;
    private final MlDsaPair key;
    private final boolean resumed;

    Pending(KeyFile file, String enrollment, MlDsaPair key, boolean resumed) {
      this.file = file;
      this.enrollment = enrollment;
      this.key = key;
      this.resumed = resumed;
    }

    @Override
    public String enrollmentId() {
      return enrollment;
    }

    @Override
    public MlDsaPair key() {
      return key;
    }

    @Override
    public boolean resumed() {
      return resumed;
    }

    @Override
    public Identity use() throws IdentityUnusable {
      if (waiting(file, enrollment)
          .filter(it -> it.publicKey().equals(key.publicKey()))
          .isEmpty()) {
        throw new IdentityUnusable(
            "The key that waited in " + file.path() + " is not there any more; try again");
      }
      rewrite(file, TypedKeys::withoutPending);
      IdentityLog.authenticationKeyInUse(file.atSign(), file.path());
      return identities.identity(file.atSign());
    }
  }
}
