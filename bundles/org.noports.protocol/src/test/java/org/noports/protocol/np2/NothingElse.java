package org.noports.protocol.np2;

import java.util.List;
import java.util.Optional;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;

/** What a key schedule must never ask for. */
final class NothingElse {
  private NothingElse() {}

  private static AssertionError asked() {
    return new AssertionError("The key schedule asked for more than its derivation");
  }

  static final class Agreement implements KeyAgreement {
    @Override
    public KeyShare generate() {
      throw asked();
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) {
      throw asked();
    }
  }

  static final class RecordsCipher implements RecordCipher {
    @Override
    public int keyLength() {
      throw asked();
    }

    @Override
    public int nonceLength() {
      throw asked();
    }

    @Override
    public int tagLength() {
      throw asked();
    }

    @Override
    public RecordSeal sealing(Secret key) {
      throw asked();
    }

    @Override
    public RecordOpen opening(Secret key) {
      throw asked();
    }
  }

  static final class NoSuites implements Suites {
    @Override
    public List<Suite> usable() {
      return List.of();
    }

    @Override
    public Optional<SuiteAlgorithms> algorithms(Suite suite) {
      return Optional.empty();
    }
  }
}
