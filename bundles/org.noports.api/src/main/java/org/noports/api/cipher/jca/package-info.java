/**
 * A record cipher in a few lines, for algorithms that a JCA provider computes: a third party
 * extends {@link org.noports.api.cipher.jca.JcaRecordCipher} and says which. Ours are made the same
 * way. What is here is free to change; the names and lengths of an algorithm are the wire's.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.cipher.jca;
