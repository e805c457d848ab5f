package org.noports.identity;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;

/**
 * Where the passphrases of key files come from: what was typed since the start, else a file of the
 * configured folder. Never from an argument or the environment, where others see them.
 */
final class Passphrases {
  private static final String SUFFIX = ".passphrase";

  private final Map<AtSign, Secret> typed = new ConcurrentHashMap<>();
  private volatile Optional<Path> folder = Optional.empty();

  void lookIn(Optional<Path> configured) {
    folder = configured;
  }

  /** Keeps a copy until the end. */
  void remember(AtSign atSign, Secret passphrase) {
    byte[] bytes = passphrase.exposeSecretBytes();
    Secret older = typed.put(atSign, Secret.owning(bytes));
    if (older != null) {
      older.close();
    }
  }

  void forget(AtSign atSign) {
    Secret older = typed.remove(atSign);
    if (older != null) {
      older.close();
    }
  }

  void forgetAll() {
    typed.keySet().forEach(this::forget);
  }

  /** The passphrase, as the caller's own copy to close; empty if nobody told us. */
  Optional<Secret> find(AtSign atSign) throws IdentityUnusable {
    Secret known = typed.get(atSign);
    if (known != null) {
      return Optional.of(Secret.owning(known.exposeSecretBytes()));
    }
    Optional<OwnedSecretFile> file = folder.map(at -> file(atSign, at));
    return file.isPresent() && file.get().stamp().isPresent()
        ? Optional.of(OwnedSecretFiles.firstLine(file.get()))
        : Optional.empty();
  }

  /** What a person can do about a missing one. */
  String advice(AtSign atSign) {
    String place = folder.map(at -> at.resolve(atSign.name() + SUFFIX).toString()).orElse("");
    return "unlock it with noports:keys-unlock "
        + atSign
        + (place.isEmpty()
            ? ", or set 'passphrases' in org.noports.identity.cfg"
            : ", or put its passphrase into " + place);
  }

  private static OwnedSecretFile file(AtSign atSign, Path folder) {
    return OwnedSecretFiles.named(
        "the passphrase of " + atSign, folder.resolve(atSign.name() + SUFFIX));
  }
}
