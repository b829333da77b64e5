package org.homeport.testbeds.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.homeport.kit.WireReader;
import org.homeport.kit.WireWriter;

/** What holds the walls up: rules over all main code, whatever module it is in. */
@AnalyzeClasses(packages = "org.homeport", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String[] INNERMOST = {"org.homeport.core..", "org.homeport.kit.."};

    /** Where the outside world is made: the program, and what drives it in tests. */
    private static final String[] WIRING = {"org.homeport.daemon..", "org.homeport.testbeds.."};

    /** Who, beside codecs, puts octets together or takes them apart: the class, and the reason. */
    private static final Map<String, String> USE_THE_WIRE_AND_ARE_NO_CODECS = Map.ofEntries(
            Map.entry("org.homeport.core.crypto.KeySchedule", "input of prf+: nonces and SPIs in wire order"),
            Map.entry("org.homeport.core.endpoint.CookieJar", "input of the cookie's hash"),
            Map.entry("org.homeport.core.endpoint.IkeEndpoint", "input of the hash that picks the shard"),
            Map.entry("org.homeport.core.protection.NatDetection", "input of the hash in NAT_DETECTION notifies"),
            Map.entry("org.homeport.core.protection.MessageProtection", "padding and IV of what the encoder wrote"),
            Map.entry("org.homeport.core.exchange.IkeProposals", "the group in INVALID_KE_PAYLOAD, a notify's data"),
            Map.entry("org.homeport.core.exchange.HashAlgorithms", "numbers in a notify's data"),
            Map.entry("org.homeport.core.exchange.ChildTerms", "an SPI of ours as the octets of a proposal"),
            Map.entry("org.homeport.core.established.IkeRekey", "an SPI of ours as the octets of a proposal"),
            Map.entry("org.homeport.vici.ViciPacket", "is the codec of VICI's outer layer, and the packet"),
            Map.entry("org.homeport.testbeds.mip6.MobilityHeader", "is its own codec"),
            Map.entry("org.homeport.testbeds.mip6.SignallingPacket", "is its own codec"),
            Map.entry("org.homeport.testbeds.esp.EspSa", "is the codec of ESP, with the keys"),
            Map.entry("org.homeport.testbeds.ha.SmallHomeAgent", "the SPI tells which SA is to open the packet"));

    @ArchTest
    static final ArchRule coreAndKitTouchNoOutsideWorld = noClasses()
            .that()
            .resideInAnyPackage(INNERMOST)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.io..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.util.logging..",
                    "java.lang.foreign..",
                    "java.sql..",
                    "javax.crypto..",
                    "javax.net..",
                    "org.slf4j..",
                    "io.netty..",
                    "org.bouncycastle.."))
            .because("the core is sans I/O: time and randomness are arguments, effects are values");

    /** Addresses as values, and comparing in constant time, are not I/O and not a provider. */
    @ArchTest
    static final ArchRule coreAndKitKnowNoSocketsAndNoProviders = noClasses()
            .that()
            .resideInAnyPackage(INNERMOST)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net..", "java.security..")
                    .and(describe(
                            "are more than an address or a comparison",
                            type -> !Set.of(
                                            "java.net.InetAddress",
                                            "java.net.InetSocketAddress",
                                            "java.net.UnknownHostException",
                                            "java.security.MessageDigest")
                                    .contains(type.getName()))))
            .orShould()
            .callMethodWhere(jcaLookup())
            .orShould()
            .callMethodWhere(target("resolve a name", "java.net.InetAddress", "getByName|getAllByName|getLocalHost"));

    @ArchTest
    static final ArchRule coreAndKitHaveNoThreads = noClasses()
            .that()
            .resideInAnyPackage(INNERMOST)
            .should()
            .dependOnClassesThat(describe(
                    "are about threads",
                    type -> type.isAssignableTo(Thread.class)
                            || type.getName().equals("java.lang.ThreadLocal")
                            || type.getPackageName().startsWith("java.util.concurrent")));

    @ArchTest
    static final ArchRule clocksAreMadeInTheWiring = noClasses()
            .that()
            .resideOutsideOfPackages(WIRING)
            .should()
            .callMethodWhere(clock())
            .because("a virtual clock must reach every timer");

    /** Adapters that draw from a RandomSource given to them are not sources. */
    @ArchTest
    static final ArchRule randomnessIsMadeInTheWiring = noClasses()
            .that()
            .resideOutsideOfPackages(WIRING)
            .should()
            .callConstructorWhere(describe(
                    "make a random source",
                    call -> call.getTargetOwner().isAssignableTo(Random.class)
                            && call.getTargetOwner().getPackageName().startsWith("java.")
                            && !call.getOriginOwner().isAssignableTo(Random.class)))
            .orShould()
            .callMethodWhere(describe(
                    "use randomness of the process",
                    call -> owner(call).isEquivalentTo(ThreadLocalRandom.class)
                            || owner(call).isEquivalentTo(Math.class)
                                    && call.getTarget().getName().equals("random")
                            || owner(call).isEquivalentTo(UUID.class)
                                    && call.getTarget().getName().equals("randomUUID")))
            .because("seeded runs must repeat themselves");

    @ArchTest
    static final ArchRule eapKnowsNothingOfIke = noClasses()
            .that()
            .resideInAnyPackage("org.homeport.eap..", "org.homeport.aaa..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.homeport..")
                    .and(describe(
                            "are neither EAP, AAA nor the kit",
                            type -> !resideInAnyPackage(
                                            "org.homeport.eap..", "org.homeport.aaa..", "org.homeport.kit..")
                                    .test(type))));

    @ArchTest
    static final ArchRule respondersDoNotSeeInitiators = noClasses()
            .that()
            .resideInAPackage("org.homeport.core.responder..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.homeport.core.initiator..");

    @ArchTest
    static final ArchRule initiatorsDoNotSeeResponders = noClasses()
            .that()
            .resideInAPackage("org.homeport.core.initiator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.homeport.core.responder..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.homeport.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule wireIsReadAndWrittenByCodecs = noClasses()
            .that(describe("are neither the kit, nor codecs, nor excused", type -> !isCodec(type) && !isExcused(type)))
            .should()
            .dependOnClassesThat(isWire())
            .because("octets of one format are read in one class and written in one class");

    @ArchTest
    static void excusesForUsingTheWireAreStillNeeded(JavaClasses all) {
        Set<String> users = all.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> isWire().test(dependency.getTargetClass())))
                .map(type -> outermost(type).getName())
                .collect(Collectors.toSet());
        assertThat(users).containsAll(USE_THE_WIRE_AND_ARE_NO_CODECS.keySet());
    }

    @ArchTest
    static final ArchRule cryptoAlgorithmsAreLookedUpInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackages("org.homeport.crypto..", "org.homeport.eap..")
            .should()
            .callMethodWhere(jcaLookup())
            .because("the crypto module picks algorithm and provider; EAP methods bring their own old ones");

    @ArchTest
    static final ArchRule staticFieldsAreConstants =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule constantsAreNotCollectionsThatGrow = fields().that()
            .areStatic()
            .should(ArchConditions.not(ArchConditions.be(mutable())))
            .because("state of the process cannot be seen in a constructor, nor reset in a test");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = classes()
            .should()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");

    private static DescribedPredicate<JavaAccess<?>> clock() {
        return describe("read the process's clock", call -> {
            String method = call.getTarget().getName();
            JavaClass owner = owner(call);
            return owner.isEquivalentTo(System.class)
                            && (method.equals("nanoTime") || method.equals("currentTimeMillis"))
                    || owner.isEquivalentTo(Instant.class)
                            && method.equals("now")
                            && call.getTarget().getFullName().endsWith("now()")
                    || owner.isEquivalentTo(Clock.class) && method.startsWith("system")
                    || owner.isEquivalentTo(InstantSource.class) && method.equals("system");
        });
    }

    private static DescribedPredicate<JavaAccess<?>> jcaLookup() {
        return describe(
                "look an algorithm up in a JCA provider",
                call -> call.getTarget().getName().matches("getInstance|getInstanceStrong|addProvider|insertProviderAt")
                        && resideInAnyPackage("java.security..", "javax.crypto..", "javax.net.ssl..")
                                .test(owner(call)));
    }

    private static DescribedPredicate<JavaAccess<?>> target(String what, String owner, String methods) {
        return describe(
                what,
                call -> nameMatching(Pattern.quote(owner)).test(owner(call))
                        && call.getTarget().getName().matches(methods));
    }

    private static DescribedPredicate<JavaClass> isWire() {
        return describe(
                "read or write the wire",
                type -> type.isEquivalentTo(WireReader.class) || type.isEquivalentTo(WireWriter.class));
    }

    private static boolean isCodec(JavaClass type) {
        return type.getPackageName().equals("org.homeport.kit")
                || outermost(type).getSimpleName().matches(".*(Codec|Encoder|Decoder)");
    }

    private static boolean isExcused(JavaClass type) {
        return USE_THE_WIRE_AND_ARE_NO_CODECS.containsKey(outermost(type).getName());
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(HouseRulesTest::outermost).orElse(type);
    }

    private static JavaClass owner(JavaAccess<?> access) {
        return access.getTargetOwner();
    }

    /** By its declared type: a Map or List constant made by Map.of is fine, a HashMap is not. */
    private static DescribedPredicate<JavaField> mutable() {
        return describe("of a type made to be changed", field -> {
            JavaClass type = field.getRawType();
            boolean collection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
            return type.getPackageName().startsWith("java.util.concurrent.atomic")
                    || collection && !type.isInterface()
                    || type.isAssignableTo(ConcurrentMap.class)
                    || type.isAssignableTo(MessageDigest.class)
                    || type.isAssignableTo(ThreadLocal.class);
        });
    }
}
