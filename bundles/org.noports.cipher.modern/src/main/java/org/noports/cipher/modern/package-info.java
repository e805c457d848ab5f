/**
 * X25519, AES-256-GCM, ChaCha20-Poly1305 and HKDF-SHA-256 as the JDK computes them: the algorithms
 * of NP2 at level L2. What they compute is fixed by docs/protocol/np2.md section 2 and the RFCs it
 * names; who computes it is not.
 */
package org.noports.cipher.modern;
