/**
 * RSA-2048, SHA-256 and AES-256-CTR as NoPorts defines them: what every peer in the field has. What
 * they compute is fixed by docs/protocol/noports.md 2.5, 3 and 4.5; who computes it is not.
 */
package org.noports.cipher.classic;
