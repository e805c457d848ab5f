package org.noports.cipher.catalogue.guard;

import org.noports.api.CipherMisbehaved;

/** The lengths that an algorithm of NP2 or L1 can have at all. */
final class Lengths {
  private Lengths() {}

  /** A length that a plug-in says it has. */
  static int check(Guard guard, String what, int length, int least, int most)
      throws CipherMisbehaved {
    if (length < least || length > most) {
      throw guard.misbehaved(
          what + " of " + length + " bytes, which is not between " + least + " and " + most);
    }
    return length;
  }

  /** A length of what a plug-in gave out. */
  static byte[] exactly(Guard guard, String what, byte[] bytes, int length)
      throws CipherMisbehaved {
    if (bytes.length != length) {
      throw guard.misbehaved(what + " has " + bytes.length + " bytes instead of " + length);
    }
    return bytes;
  }
}
