/** RSA-2048, SHA-256 and AES-256-CTR as NoPorts defines them. */
package org.noports.cipher.classic;
