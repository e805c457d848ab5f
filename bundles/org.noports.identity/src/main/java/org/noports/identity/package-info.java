/**
 * Key files, key cutting, sign and unwrap for an atSign; the only place where private keys live.
 */
package org.noports.identity;
