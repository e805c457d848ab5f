/**
 * X25519, AES-256-GCM, ChaCha20-Poly1305, HKDF-SHA-256 and HKDF-SHA-384 as the JDK computes them:
 * what NP2 is made of at level L2, and beside a key agreement of org.noports.cipher.pq at L3. What
 * they compute is fixed by docs/protocol/np2.md section 2 and the RFCs it names; who computes it is
 * not.
 */
package org.noports.cipher.modern;
