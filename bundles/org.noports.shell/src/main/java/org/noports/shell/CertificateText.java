package org.noports.shell;

import java.io.PrintStream;
import java.util.List;
import org.noports.api.world.WorldCertificates.CertificateLife;

/** Certificates and when they end, a line each. */
final class CertificateText {
  private CertificateText() {}

  static void print(PrintStream out, List<CertificateLife> lives) {
    for (CertificateLife life : lives) {
      out.println(life.ends() + "  " + life.file() + (life.renewed() ? "  renewed" : ""));
    }
  }
}
