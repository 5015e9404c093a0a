export declare const bundledPackages: readonly string[];
