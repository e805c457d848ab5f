package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.FirstKeys;
import org.noports.api.identity.Identity;

/** Two RSA pairs and two symmetric keys that nobody has seen yet. */
final class FreshKeys implements FirstKeys {
  private final AtSign atSign;
  private final RsaPair authentication;
  private final RsaPair encryption;
  private final SelfCipher self = SelfCipher.fresh();
  private final SymmetricKey symmetric = SymmetricKey.fresh();

  private FreshKeys(AtSign atSign, RsaPair authentication, RsaPair encryption) {
    this.atSign = requireNonNull(atSign, "atSign is null");
    this.authentication = requireNonNull(authentication, "authentication is null");
    this.encryption = requireNonNull(encryption, "encryption is null");
  }

  static FreshKeys cut(AtSign atSign) {
    CompletableFuture<RsaPair> other = new CompletableFuture<>();
    Thread cutting = new Thread(() -> cutInto(other), "noports-key-cutting");
    cutting.setDaemon(true);
    cutting.start();
    RsaPair encryption = RsaPair.cut();
    return new FreshKeys(atSign, other.join(), encryption);
  }

  private static void cutInto(CompletableFuture<RsaPair> result) {
    try {
      result.complete(RsaPair.cut());
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  @Override
  public String authenticationPublicKey() {
    return authentication.publicText();
  }

  @Override
  public String encryptionPublicKey() {
    return encryption.publicText();
  }

  @Override
  public ConveyedKeys conveyed() {
    return symmetric.convey(encryption, self);
  }

  @Override
  public Identity file(Optional<String> enrollmentId, Path file) throws IdentityUnusable {
    return NewKeyFile.write(
        atSign,
        file,
        authentication,
        encryption,
        self,
        enrollmentId.map(id -> new NewKeyFile.Enrolled(id, symmetric.text())));
  }

  @Override
  public void close() {
    self.close();
    symmetric.close();
  }

  @Override
  public String toString() {
    return "FreshKeys[" + atSign + "]";
  }
}
