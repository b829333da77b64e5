package org.homeport.aaa.accounting;

import java.time.InstantSource;
import org.homeport.kit.RandomSource;

/** What accounting needs of the world. @param random for back-off */
public record AccountingSurroundings(
        AccountingSink sink, AccountingThread thread, InstantSource clock, RandomSource random) {}
