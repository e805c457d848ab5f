package org.noports.atserver.pq;

import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.cipher.modern.HkdfSha256;
import org.noports.cipher.modern.HkdfSha384;
import org.noports.cipher.pq.MlKem1024;
import org.noports.cipher.pq.XWing;
import org.noports.testkit.fakes.ChosenCiphers;

/** Key agreements and derivations as they are in the field, without a catalogue between. */
final class RealCiphers {
  private RealCiphers() {}

  static CipherCatalogue ciphers() {
    return new ChosenCiphers(
        name -> name.equals(KeyAgreement.X_WING) ? new XWing() : new MlKem1024(),
        name -> name.equals(KeyDerivation.SHA_256) ? new HkdfSha256() : new HkdfSha384());
  }
}
