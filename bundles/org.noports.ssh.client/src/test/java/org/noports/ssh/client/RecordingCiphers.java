package org.noports.ssh.client;

import java.lang.reflect.Proxy;
import java.util.List;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.cipher.modern.Aes256Gcm;
import org.noports.cipher.modern.HkdfSha256;
import org.noports.cipher.pq.XWing;

/** What recordings are sealed with, as it is in the field. */
final class RecordingCiphers {
  private static final PresentAlgorithm X_WING =
      new PresentAlgorithm(
          PresentAlgorithm.KEY_AGREEMENT, KeyAgreement.X_WING, "test", "test", false);

  private RecordingCiphers() {}

  static CipherCatalogue catalogue() {
    return (CipherCatalogue)
        Proxy.newProxyInstance(
            RecordingCiphers.class.getClassLoader(),
            new Class<?>[] {CipherCatalogue.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "keyAgreement" -> new XWing();
                  case "keyDerivation" -> new HkdfSha256();
                  case "recordCipher" -> new Aes256Gcm();
                  case "present" -> List.of(X_WING);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
