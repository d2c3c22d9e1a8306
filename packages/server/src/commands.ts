export const run = async (_arguments: string[]): Promise<number> => 0
