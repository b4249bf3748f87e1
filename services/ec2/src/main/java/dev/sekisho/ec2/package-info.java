/**
 * Amazon EC2, the part that networks are made of: at present regions and their zones.
 *
 * <p>What must not live here: the packet filter itself (see the network engine).
 */
@NullMarked
package dev.sekisho.ec2;

import org.jspecify.annotations.NullMarked;
