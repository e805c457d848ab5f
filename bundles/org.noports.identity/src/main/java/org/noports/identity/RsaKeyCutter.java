package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyCutter;
import org.osgi.service.component.annotations.Component;

/**
 * Cuts two RSA pairs and a symmetric key and writes them as every program of the atPlatform reads
 * them. An atSign's life begins here.
 */
@Component
public final class RsaKeyCutter implements KeyCutter {
  @Override
  public Identity cut(AtSign atSign, Path file) throws IdentityUnusable {
    requireNonNull(atSign, "atSign is null");
    NewKeyFile.requireAbsent(atSign, file);
    try (FreshKeys keys = FreshKeys.cut(atSign)) {
      return keys.file(Optional.empty(), file);
    }
  }
}
