-- Numbers such as 118/kh-ubnd were kept as one word and not found by their parts.
update search set words = regexp_replace(words, '[^[:alnum:]]+', ' ', 'g');
